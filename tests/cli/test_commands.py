"""Every command is found by its name, and none makes the caller wait for the others."""

from __future__ import annotations

import subprocess
import sys

from generator.cli.main import HOMES, daylight, load_commands


def test_every_command_is_found_where_the_table_says():
    """A command that is missing from the table is listed in the help, and then not found."""
    load_commands()
    homes = {
        name: command.callback.__module__.removeprefix("generator.cli.")
        for name, command in daylight.commands.items()
        if command.callback
    }

    assert homes == HOMES


def test_a_command_does_not_wait_for_the_others():
    """Each second before the first word is paid by everyone, a hundred times a day."""
    look = "import sys; from generator.cli.main import daylight; daylight.get_command(None, 'init')"
    command = f"{look}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True)
    loaded = done.stdout.split()

    assert "generator.cli.city" in loaded
    assert not {"pypinyin", "generator.cli.sign", "generator.pipeline"} & {*loaded}
