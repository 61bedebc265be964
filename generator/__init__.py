"""Daylight: from a city's vetted power database to a city of transparency sites."""

__version__ = "0.1.0"
