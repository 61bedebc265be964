"""The command group, and how each way of ending becomes an exit code.

0 done; 1 nothing could be published, or something was refused under --strict;
2 wrong use or configuration; 3 a source or the ledger cannot be read or verified;
4 a tool, rendering or disk failed, or another build holds the output; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from generator import __version__
from generator.cli.console import stderr
from generator.errors import GeneratorError

INTERRUPTED = 130

EPILOG = """\b
A first tour, in an empty folder:
  daylight init larkfield --language en
  cd larkfield
  daylight build
  daylight serve
"""


HOMES = {
    "build": "build",
    "cite": "cite",
    "copy-tables": "tables",
    "digest": "digest",
    "import": "intake",
    "init": "city",
    "proof": "proof",
    "revoke": "revoke",
    "serve": "city",
    "sign": "sign",
    "status": "status",
    "template": "intake",
    "theme": "theme",
    "vet": "vet",
    "withdraw": "revoke",
}
"""The module of each command: the one that is asked for is loaded, the others take a second."""


class Commands(click.Group):
    """The commands, each loaded when it is asked for."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command of this name, if there is one."""
        if cmd_name in HOMES:
            import_module(f"generator.cli.{HOMES[cmd_name]}")
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, for the help."""
        load_commands()
        return super().list_commands(ctx)


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="daylight")
def daylight() -> None:
    """From a city's vetted power database to a city of transparency sites.

    Departments edit working tables; `vet` finds what is wrong; two `sign`-offs bring
    a record into the ledger; `build` publishes the ledger and nothing else.
    """


def load_commands() -> None:
    """Import the modules that add commands to the group."""
    for module in sorted(set(HOMES.values())):
        import_module(f"generator.cli.{module}")


def main() -> None:
    """Run the command line and leave with the exit code of its ending."""
    try:
        code = daylight.main(standalone_mode=False)
    except click.exceptions.Abort:
        stderr.print("interrupted; what was published is untouched", markup=False)
        code = INTERRUPTED
    except KeyboardInterrupt:
        stderr.print("interrupted; what was published is untouched", markup=False)
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except GeneratorError as error:
        stderr.print(str(error), style="bold red", markup=False)
        code = error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (OSError, MemoryError) as error:
        stderr.print(f"{error}; what was published is untouched", style="bold red", markup=False)
        code = 4
    sys.exit(code if isinstance(code, int) else 0)
