"""What several tests of this room need."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.audio.file import FileOutput
from ishowtts_desktop.audio.playback import Playback
from ishowtts_desktop.core.clock import SystemClock
from tests.support.playing import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def playback() -> Playback:
    return Playback(SystemClock(), RATE)


@pytest.fixture
def make() -> Iterator[Callable[..., FileOutput]]:
    """Make outputs, and close what a failing test leaves open."""
    with contextlib.ExitStack() as closing:

        def make_one(path: Path, *, paced: bool = True) -> FileOutput:
            output = FileOutput(path, SystemClock(), paced=paced)
            closing.callback(output.close)
            return output

        yield make_one
