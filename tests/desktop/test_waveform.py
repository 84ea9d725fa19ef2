"""The waveform: what it shows of a recording, and how its span is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.desktop.voice_manager.span_choice import SHORTEST, Grip, SpanChoice
from ishowtts_desktop.desktop.voice_manager.waveform import Waveform
from ishowtts_desktop.desktop.voice_manager.waveform_paint import axis_step, seconds_text
from ishowtts_desktop.desktop.voice_manager.waveform_picture import WaveformPicture
from tests.support.degraded import spoken

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

seconds = st.floats(-100, 100)


def burst(total: float = 10.0, rate: int = 8000) -> AudioChunk:
    """Silence, with a loud tone from 4 s to 6 s."""
    time = np.arange(round(total * rate)) / rate
    tone = 0.8 * np.sin(2 * np.pi * 300 * time) * ((time >= 4) & (time < 6))
    return AudioChunk(tone.astype(np.float32), rate)


@pytest.fixture
def waveform(qtbot: QtBot) -> Waveform:
    widget = Waveform()
    qtbot.addWidget(widget)
    widget.resize(600, 120)
    widget.show_picture(WaveformPicture.of(burst()))
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def x_of(waveform: Waveform, second: float) -> int:
    return round(waveform._x_of(second))


def drag(qtbot: QtBot, waveform: Waveform, begin: float, end: float) -> None:
    left, y = Qt.MouseButton.LeftButton, waveform.height() // 3
    qtbot.mousePress(waveform, left, pos=QPoint(x_of(waveform, begin), y))
    qtbot.mouseMove(waveform, QPoint(x_of(waveform, (begin + end) / 2), y))
    qtbot.mouseMove(waveform, QPoint(x_of(waveform, end), y))
    qtbot.mouseRelease(waveform, left, pos=QPoint(x_of(waveform, end), y))


@given(seconds, seconds, st.floats(0, 100), st.lists(st.tuples(st.sampled_from(Grip), seconds)))
def test_a_span_never_leaves_its_recording_and_never_shrinks_to_nothing(
    start: float, end: float, total: float, moves: list[tuple[Grip, float]]
) -> None:
    span = SpanChoice.within(start, end, total)
    for grip, step in [(Grip.WHOLE, 0.0), *moves]:
        before, span = span, span.moved(grip, step)
        assert 0 <= span.start <= span.end <= total + 1e-9
        assert span.seconds >= min(SHORTEST, total) - 1e-9
        if grip is Grip.WHOLE:
            assert span.seconds == pytest.approx(before.seconds)


def test_a_picture_holds_the_peaks_and_where_is_speech() -> None:
    recording = spoken("en")
    picture = WaveformPicture.of(recording)
    assert picture.seconds == pytest.approx(recording.seconds)
    assert picture.high.max() == pytest.approx(1.0) or picture.low.min() == pytest.approx(-1.0)
    assert 0.4 < picture.speech.mean() < 1.0
    narrow = picture.at_width(200)
    assert len(narrow.low) == len(narrow.high) == len(narrow.speech) == 200
    assert narrow.high.max() == picture.high.max()
    assert narrow.low.min() == picture.low.min()


@pytest.mark.parametrize("count", [0, 1, 7, 80])
def test_the_shortest_recordings_can_be_drawn(count: int, qtbot: QtBot) -> None:
    picture = WaveformPicture.of(AudioChunk(np.zeros(count, np.float32), 8000))
    widget = Waveform()
    qtbot.addWidget(widget)
    widget.show_picture(picture)
    widget.resize(300, 100)
    assert not widget.grab().isNull()


def test_the_edges_and_the_whole_are_dragged(qtbot: QtBot, waveform: Waveform) -> None:
    told: list[tuple[float, float]] = []
    waveform.span_changed.connect(lambda start, end: told.append((start, end)))
    drag(qtbot, waveform, 0.0, 3.0)
    assert told[-1] == pytest.approx((3.0, 10.0), abs=0.05)
    drag(qtbot, waveform, 10.0, 7.0)
    assert told[-1] == pytest.approx((3.0, 7.0), abs=0.05)
    drag(qtbot, waveform, 5.0, 6.0)
    assert told[-1] == pytest.approx((4.0, 8.0), abs=0.05)
    # WHEN it is dragged far beyond the end THEN it stays inside, as long as it was
    drag(qtbot, waveform, 6.0, 30.0)
    assert told[-1] == pytest.approx((6.0, 10.0), abs=0.05)
    # WHEN an edge is dragged beyond the end and back THEN it is where the pointer is
    left, y = Qt.MouseButton.LeftButton, waveform.height() // 3
    qtbot.mousePress(waveform, left, pos=QPoint(x_of(waveform, 10.0), y))
    for second in (30.0, 9.0):
        qtbot.mouseMove(waveform, QPoint(x_of(waveform, second), y))
    qtbot.mouseRelease(waveform, left, pos=QPoint(x_of(waveform, 9.0), y))
    assert told[-1] == pytest.approx((6.0, 9.0), abs=0.05)
    # AND a press outside brings the nearer edge
    drag(qtbot, waveform, 2.0, 2.0)
    assert told[-1] == pytest.approx((2.0, 9.0), abs=0.05)


def test_the_keyboard_moves_and_resizes(qtbot: QtBot, waveform: Waveform) -> None:
    waveform.show_span(2.0, 5.0)
    shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    none = Qt.KeyboardModifier.NoModifier
    for key, modifier, expected in (
        (Qt.Key.Key_Right, none, (2.05, 5.05)),
        (Qt.Key.Key_Left, none, (2.0, 5.0)),
        (Qt.Key.Key_Right, shift, (2.0, 5.05)),
        (Qt.Key.Key_Left, ctrl, (1.95, 5.05)),
        (Qt.Key.Key_PageDown, none, (2.95, 6.05)),
        (Qt.Key.Key_End, none, (6.9, 10.0)),
        (Qt.Key.Key_Home, none, (0.0, 3.1)),
        (Qt.Key.Key_End, shift, (0.0, 10.0)),
    ):
        with qtbot.waitSignal(waveform.span_changed) as told:
            qtbot.keyClick(waveform, key, modifier)
        assert told.args == pytest.approx(expected)


def test_a_fixed_span_is_not_moved(qtbot: QtBot, waveform: Waveform) -> None:
    waveform.set_fixed(True)
    told: list[object] = []
    waveform.span_changed.connect(lambda *span: told.append(span))
    drag(qtbot, waveform, 0.0, 3.0)
    qtbot.keyClick(waveform, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert told == []
    assert waveform.span == SpanChoice(0.0, 10.0, 10.0)


def test_the_span_is_told_in_words(waveform: Waveform) -> None:
    waveform.show_span(2.0, 5.5)
    assert waveform.accessibleName() == "Recording"
    told = waveform.accessibleDescription()
    assert told.startswith("2.00 to 5.50 of 10.00 seconds is the reference")
    waveform.show_picture(None)
    assert waveform.accessibleDescription() == "There is no recording yet"
    assert waveform.span is None


@pytest.mark.parametrize("dark", [False, True])
def test_span_speech_and_silence_look_different_in_light_and_dark(
    waveform: Waveform, dark: bool
) -> None:
    palette = QPalette()
    ground, ink = ("#202020", "#f0f0f0") if dark else ("#ffffff", "#101010")
    palette.setColor(QPalette.ColorRole.Base, QColor(ground))
    palette.setColor(QPalette.ColorRole.Text, QColor(ink))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#3070e0"))
    waveform.setPalette(palette)
    waveform.show_span(4.5, 8.0)
    picture = waveform.grab().toImage()
    ratio = picture.devicePixelRatio()

    def color(second: float, part: float = 0.3) -> str:
        x = x_of(waveform, second) * ratio
        return picture.pixelColor(round(x), round(waveform._waves.height() * part * ratio)).name()

    assert color(4.25) not in (ground, ink)  # the tone, outside the span
    assert color(5.5) == "#3070e0"  # inside
    assert color(2.0) == ground  # nothing there
    assert color(7.0) not in (ground, "#3070e0")  # the tint of the span
    # AND the playhead is seen
    waveform.show_playhead(2.0)
    picture = waveform.grab().toImage()
    assert color(2.0, 0.15) != ground


def test_the_axis_has_room_for_its_numbers() -> None:
    assert axis_step(10, 12) == 1.0
    assert axis_step(3600, 10) == 600.0
    assert axis_step(1.0, 8) == 0.2
    assert (seconds_text(2.0, 1.0), seconds_text(0.4, 0.2)) == ("2", "0.4")


def test_words_stand_where_no_recording_is(qtbot: QtBot) -> None:
    widget = Waveform()
    qtbot.addWidget(widget)
    widget.resize(300, 100)
    blank = widget.grab().toImage()
    widget.show_words("Drop a file")
    assert widget.grab().toImage() != blank
