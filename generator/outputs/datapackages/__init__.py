"""Frictionless data packages (v2): one for the city, one for each department, and each power as JSON."""
