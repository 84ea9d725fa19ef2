"""A streamer's machine: a screen with a tray, a sound server, and the environment of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.pulse import PulseServer
from tests.support.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """A screen with a window manager and a tray host."""
    with Screen(tray=True) as screen:
        yield screen


@pytest.fixture(scope="module")
def sound() -> Iterator[PulseServer]:
    """A sound server with one sink."""
    with PulseServer() as sound:
        yield sound


@pytest.fixture
def machine(screen: Screen, sound: PulseServer) -> dict[str, str]:
    """What a program's environment needs to appear and to sound there."""
    return {**screen.env, **sound.env}
