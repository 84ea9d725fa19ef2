"""The fields of the voice manager: what the wheel leaves alone, what a screen reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.desktop.placement import show_in_front
from ishowtts_desktop.desktop.voice_manager import findings as findings_module
from ishowtts_desktop.desktop.voice_manager.findings import FindingList
from ishowtts_desktop.desktop.voice_manager.language_box import LanguageBox
from ishowtts_desktop.desktop.voice_manager.trial import VoiceTrial
from ishowtts_desktop.voices.findings import check
from tests.support.voice_studio import STARTERS
from tests.support.voices import tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAccessibleEvent
    from pytestqt.qtbot import QtBot

    from tests.support.voice_hands import VoiceHands


@pytest.fixture
def hands(make: Callable[..., VoiceHands]) -> VoiceHands:
    hands = make("Anna")
    hands.open("Anna")
    return hands


def turn(field: QWidget) -> None:
    """Turn the mouse wheel one step down over the middle of ``field``."""
    window = field.window()
    where = QPointF(field.mapTo(window, field.rect().center()))
    QTest.wheelEvent(window.windowHandle(), where, QPoint(0, -120))


def test_the_wheel_scrolls_past_the_fields_and_changes_none(
    hands: VoiceHands, qtbot: QtBot
) -> None:
    hands.window.resize(700, 400)
    show_in_front(hands.window)
    qtbot.waitUntil(hands.window.isActiveWindow)
    hands.list.setFocus()
    scroll = hands.window.findChild(QScrollArea)
    assert scroll is not None
    bar = scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    language = scroll.findChild(LanguageBox)
    speed = scroll.findChild(QDoubleSpinBox)
    assert language is not None
    assert speed is not None
    for field in (language, speed):
        scroll.ensureWidgetVisible(field)
        before = bar.value()
        turn(field)
        # THEN the page moves, and that is all
        assert bar.value() > before
        assert not field.hasFocus()
    assert (language.language, speed.value()) == ("en", 1.0)
    assert not hands.window.unsaved
    # WHEN the field was chosen first THEN the wheel changes it
    speed.setFocus()
    qtbot.waitUntil(speed.hasFocus)
    scroll.ensureWidgetVisible(speed)
    turn(speed)
    assert speed.value() == pytest.approx(0.95)


def test_the_wheel_leaves_the_voice_to_compare_with(qtbot: QtBot) -> None:
    window = QWidget()
    trial = VoiceTrial()
    QVBoxLayout(window).addWidget(trial)
    qtbot.addWidget(window)
    trial.show_voices(STARTERS, "")
    window.show()
    qtbot.waitExposed(window)
    box = trial.findChild(QComboBox)
    assert box is not None
    turn(box)
    assert trial.other == "starter-en"


def test_the_voice_to_compare_with_has_a_key(qtbot: QtBot) -> None:
    trial = VoiceTrial()
    qtbot.addWidget(trial)
    trial.show_voices(STARTERS, "")
    show_in_front(trial)
    qtbot.waitUntil(trial.isActiveWindow)
    box = trial.findChild(QComboBox)
    label = next(la for la in trial.findChildren(QLabel) if la.buddy() is box)
    key = label.text().partition("&")[2][:1].upper()
    qtbot.keyClick(trial, Qt.Key[f"Key_{key}"], Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: box is not None and box.hasFocus())


def test_findings_are_read_out_with_the_text_they_are_about(
    hands: VoiceHands, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "good reference" in hands.text.accessibleDescription())
    # WHEN the text doesn't fit the recording any more
    hands.text.setPlainText("No.")
    shown = hands.window._editor.findings
    qtbot.waitUntil(lambda: bool(shown.findings))
    told = QAccessible.queryAccessibleInterface(hands.text)
    assert told.text(QAccessible.Text.Description) == shown.accessibleDescription()
    assert "good reference" not in shown.accessibleDescription()


def test_findings_alert_a_screen_reader_when_they_change(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts: list[tuple[object, QAccessible.Event]] = []

    class Reader(QAccessible):
        @staticmethod
        def updateAccessibility(event: QAccessibleEvent) -> None:  # noqa: N802 - Qt's name
            alerts.append((event.object(), event.type()))

    monkeypatch.setattr(findings_module, "QAccessible", Reader)
    findings = FindingList()
    qtbot.addWidget(findings)
    alert = (findings, QAccessible.Event.Alert)
    bad = check(tone(4.0), "A text.")
    assert bad
    findings.show_findings(bad)
    assert alerts == [alert]
    # WHEN nothing is new THEN nothing is said
    findings.show_findings(bad)
    findings.show_findings(None)
    assert alerts == [alert]
    findings.show_findings(())
    assert alerts == [alert, alert]
