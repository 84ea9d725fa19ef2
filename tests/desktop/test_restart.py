"""A restart takes the same command line, from a checkout and from a package alike."""

from __future__ import annotations

import os
import sys

import pytest

from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.desktop.app import restart


@pytest.mark.parametrize(
    ("frozen", "arguments"),
    [
        (False, ["-X", "dev", "-m", "ishowtts_desktop", "--hidden"]),
        (True, ["--hidden"]),
    ],
)
def test_the_same_program_is_started_with_the_same_arguments(
    frozen: bool, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr(os, "execve", lambda *what: started.append(what))
    monkeypatch.setattr(sys, "orig_argv", ["python", *arguments])
    monkeypatch.setattr(sys, "argv", ["ishowtts-desktop", "--hidden"])
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    restart()
    ((program, command, environment),) = started
    assert (program, command) == (sys.executable, [sys.executable, *arguments])
    # THEN its environment is ours but for the mark, which is not left in ours
    assert dict(os.environ) == {k: v for k, v in environment.items() if k != "ISHOWTTS_RESTARTED"}


def test_a_program_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(InstanceError, match="/nowhere/python can't be started again"):
        restart()
