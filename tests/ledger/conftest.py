"""Tests of the ledger do not wait for the disk: a crash of the machine is not what they play."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_the_disk() -> object:
    """Let writes rest in the system's cache; no test here cuts the power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        yield
