"""The status bar: every fact while there is room, the weightiest ones always."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel

from ishowtts_desktop.core.config import SpeechConfig
from ishowtts_desktop.core.utterances import Stage
from ishowtts_desktop.desktop.sentences import stage_sentence
from ishowtts_desktop.desktop.status_bar import StatusBar
from ishowtts_desktop.desktop.voice_state import VoiceState
from ishowtts_desktop.speech.hosted import HostPhase, HostState
from tests.support.clock import FakeClock
from tests.support.desktop import reader

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

F5 = VoiceState.of(SpeechConfig(engine="f5", preset="turbo"), HostState(HostPhase.READY))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def bar(qtbot: QtBot, clock: FakeClock) -> StatusBar:
    bar = StatusBar(now=clock.now)
    qtbot.addWidget(bar)
    bar.resize(1200, 30)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def labels(bar: StatusBar) -> list[QLabel]:
    shown = [label for label in bar.findChildren(QLabel) if label.isVisible() and label.text()]
    return sorted(shown, key=lambda label: label.x())


def texts(bar: StatusBar) -> list[str]:
    return [label.text() for label in labels(bar)]


def test_what_waits_grows_older_by_itself(bar: StatusBar, clock: FakeClock, qtbot: QtBot) -> None:
    bar.show_reader(reader(queued=3, seconds=12.4, oldest_at=clock.now() - 2))
    assert "3 waiting, 12 s, for up to 2 s" in texts(bar)
    clock.advance(5)
    bar._tick.setInterval(1)
    qtbot.waitUntil(lambda: "3 waiting, 12 s, for up to 7 s" in texts(bar))
    # WHEN nothing waits any more, or nobody looks, nothing is counted
    bar.show_reader(reader())
    assert "Nothing waits" in texts(bar)
    assert not bar._tick.isActive()
    bar.show_reader(reader(queued=1, oldest_at=clock.now()))
    assert bar._tick.isActive()
    bar.hide()
    assert not bar._tick.isActive()


def test_what_keeps_the_voice_from_speaking_is_told(bar: StatusBar) -> None:
    bar.show_reader(reader(held=True, stage=Stage.FASTER))
    assert texts(bar)[:2] == ["Held: you are talking", "Nothing waits"]
    bar.show_reader(reader(held=True, speaking="x", stage=Stage.FASTER))
    assert texts(bar)[:2] == ["Speaking: x", "Held: you are talking"]
    # Who asks for a line of their own while nothing is read wonders, too.
    bar.show_reader(reader(held=True, reading=False, queued=1))
    assert texts(bar)[0] == "Held: you are talking"
    bar.show_reader(reader(held=True, reading=False))
    assert texts(bar)[0] == "Reading is stopped"
    bar.show_reader(reader(stage=Stage.FASTER))
    assert texts(bar)[1] == "Busy: spoken faster"
    bar.show_reader(reader(stage=Stage.SAMPLING, speaking="x", paused=True))
    # Nothing gives way to a load that isn't read.
    assert texts(bar)[:2] == ["Paused", "Nothing waits"]
    # Silence is over everything.
    bar.show_reader(reader(panicked=True, held=True, paused=True, stage=Stage.SAMPLING))
    assert texts(bar)[:2] == ["Silenced", "Nothing waits"]


def test_a_volume_of_nothing_is_told(bar: StatusBar) -> None:
    bar.show_reader(reader(stage=Stage.FASTER))
    bar.show_volume(0.004)
    assert texts(bar)[1] == "The volume is 0"
    bar.show_volume(0.006)
    assert texts(bar)[1] == "Busy: spoken faster"


def test_every_stage_has_words_but_calm() -> None:
    sentences = [stage_sentence(stage) for stage in Stage]
    assert sentences[0] == ""
    assert len(set(sentences)) == len(Stage)


def fill(bar: StatusBar) -> None:
    bar.show_voice(F5)
    bar.show_latency(0.42, 1.31)
    bar.show_reader(
        reader(speaking="many <b>words</b> " * 9, queued=3, seconds=12, stage=Stage.SAMPLING)
    )


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_in_a_narrow_window_the_light_facts_go_and_nothing_overlaps(
    bar: StatusBar, factor: float
) -> None:
    font = QFont(bar.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    bar.setFont(font)
    fill(bar)
    counts = []
    for width in range(1500, 150, -60):
        bar.resize(round(width * factor), bar.sizeHint().height())
        shown = labels(bar)
        counts.append(len(shown))
        ends = [label.geometry().right() for label in shown]
        starts = [label.geometry().left() for label in shown]
        assert all(end < start for end, start in zip(ends, starts[1:], strict=False))
        assert max(ends) <= bar.width()
        # All but the first two are whole or not there.
        assert not any("…" in label.text() for label in shown[2:])
        assert all(label.height() >= label.fontMetrics().height() for label in shown)
    assert counts[0] == 5
    assert counts == sorted(counts, reverse=True)
    bar.resize(300, bar.height())
    assert any("busy" in label.accessibleName() for label in labels(bar))
    # The window may get as narrow as it likes.
    assert bar.minimumSizeHint().width() < 100


def test_what_is_cut_is_told_whole_but_never_a_strangers_words(bar: StatusBar) -> None:
    fill(bar)
    bar.resize(160, bar.height())
    spoken, busy = labels(bar)[0], labels(bar)[1]
    assert "…" in spoken.text()
    assert spoken.toolTip() == ""
    assert "many <b>words</b>" in spoken.accessibleName()
    assert "…" in busy.text()
    assert busy.toolTip() == "Very busy: a sample is read"
