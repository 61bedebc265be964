"""What means "cannot go on". Faults in data are findings, never exceptions.

GeneratorError
├── ConfigError     site_config.yml, or a command used wrongly        exit 2
├── SourceError     a working table cannot be read                    exit 3
├── LedgerError     the ledger cannot be read or verified             exit 3
├── VettingError    nothing can be published; carries the findings    exit 1
├── RenderError     a page cannot be made; carries its output path    exit 4
├── ToolError       an outside program failed                         exit 4
└── PublishError    staging, disk, swap, or another build's lock      exit 4
"""

from __future__ import annotations

from collections.abc import Sequence


class GeneratorError(Exception):
    """The base of all; its text reads "where: what is wrong; what to do"."""

    exit_code = 4


class ConfigError(GeneratorError):
    """The configuration or the use of a command is wrong; carries every fault found."""

    exit_code = 2

    def __init__(self, faults: str | Sequence[str]) -> None:
        self.faults = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(self.faults))


class SourceError(GeneratorError):
    """A source of working tables is missing, unreadable, or lacks a table or column."""

    exit_code = 3


class LedgerError(GeneratorError):
    """The ledger cannot be read or verified; the message names file and line."""

    exit_code = 3


class VettingError(GeneratorError):
    """Nothing could be published; carries the findings that say why."""

    exit_code = 1

    def __init__(self, message: str, findings: Sequence[object] = ()) -> None:
        self.findings = tuple(findings)
        super().__init__(message)


class RenderError(GeneratorError):
    """An artifact could not be rendered; carries the path it was meant for."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        super().__init__(f"{path}: {message}")


class ToolError(GeneratorError):
    """An outside program failed; carries the command, its exit code and what it said."""

    def __init__(self, command: Sequence[str], code: int | None, stderr: str) -> None:
        self.command, self.code, self.stderr = tuple(command), code, stderr
        tail = stderr.strip().splitlines()[-1:] or ["no message"]
        super().__init__(f"{' '.join(self.command[:2])}: failed with exit code {code}: {tail[0]}")


class PublishError(GeneratorError):
    """The site could not be put in place; what was published is untouched."""
