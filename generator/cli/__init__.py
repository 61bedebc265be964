"""The commands; the only place that prints results, reads the clock and chooses exit codes."""

from generator.cli.main import main

__all__ = ["main"]
