"""The desk is there for every test of this folder."""

from tests.intake.desk import desk, desk_of

__all__ = ["desk", "desk_of"]
