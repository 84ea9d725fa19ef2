"""What every test of the desktop needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.support.voice_hands import VoiceHands
from tests.support.voice_studio import VoiceStudio, anna

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _windows_are_deleted() -> Generator[None]:
    """Delete the windows that the test closed; one that outlives Qt's application would crash."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., VoiceHands]]:
    """Make voice managers, each on a library with the voices of these names."""
    made = []

    def make_one(*names: str, **options: object) -> VoiceHands:
        studio = VoiceStudio(tmp_path / "voices", **options)  # type: ignore[arg-type]
        for name in names:
            studio.library.add(*anna(name))
        made.append(studio)
        studio.window.show()
        qtbot.waitExposed(studio.window)
        return VoiceHands(studio, qtbot)

    yield make_one
    for studio in made:
        studio.window.leave()
        studio.window.deleteLater()
