"""The voice manager without a mouse: every part is named, reached, and has keys of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ishowtts_desktop.desktop.voice_manager.recorder import Recorder
from ishowtts_desktop.desktop.voice_manager.waveform import Waveform
from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
from ishowtts_desktop.voices.voice import LONGEST_TEXT
from tests.support.degraded import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.support.voice_hands import VoiceHands


KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    Waveform,
)


@pytest.fixture
def hands(make: Callable[..., VoiceHands]) -> VoiceHands:
    hands = make("Anna", "Bea")
    hands.open("Anna")
    return hands


def mnemonics(window: QWidget) -> list[str]:
    texts = [b.text() for b in window.findChildren(QAbstractButton) if b.isVisible()]
    texts += [label.text() for label in window.findChildren(QLabel) if label.buddy() is not None]
    return [part[0].lower() for text in texts for part in text.split("&")[1:]]


def test_every_part_that_takes_the_focus_is_named_and_reached_by_tab(
    hands: VoiceHands, qtbot: QtBot
) -> None:
    parts = [
        widget
        for widget in hands.window.findChildren(QWidget)
        if isinstance(widget, KINDS)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.objectName() != "qt_spinbox_lineedit"
    ]
    assert len(parts) > 15
    for part in parts:
        text = part.text() if isinstance(part, QAbstractButton) else ""
        assert part.accessibleName() or text, part
    seen = set()
    for _ in range(60):
        focus = hands.window.focusWidget()
        assert focus is not None
        if focus in seen and len(seen) > 3:
            break
        seen.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert set(parts) <= seen


def test_no_two_parts_have_the_same_key(hands: VoiceHands) -> None:
    hands.window._undo.show_removed("token", "Somebody")
    found = [*mnemonics(hands.window), "v"]  # the menu's
    assert sorted(found) == sorted(set(found))


def test_the_recorder_has_a_key_for_each_part(hands: VoiceHands, qtbot: QtBot) -> None:
    work = VoiceWork()
    devices = hands.studio.window._services.microphones
    recorder = Recorder(devices, work, hands.studio.played.append, "en")
    qtbot.addWidget(recorder)
    recorder.show()
    found = mnemonics(recorder)
    assert sorted(found) == sorted(set(found))
    recorder.reject()
    assert work.close()


def test_what_gets_the_focus_comes_into_view(hands: VoiceHands, qtbot: QtBot) -> None:
    hands.window.resize(700, 380)
    scroll = hands.window.findChild(QScrollArea)
    assert scroll is not None

    def in_view(widget: QWidget) -> bool:
        top = widget.mapTo(scroll, QPoint(0, 0)).y()
        return 0 <= top <= scroll.height() - widget.height()

    consent, name = hands.box("agreed"), hands.line("Name")
    qtbot.waitUntil(lambda: not in_view(consent))
    hands.window.bring_to_front()
    qtbot.waitUntil(hands.window.isActiveWindow)
    qtbot.keyClick(hands.window, Qt.Key.Key_F2)
    hands.window._editor.terms.focus_consent()
    qtbot.waitUntil(lambda: in_view(consent))
    qtbot.keyClick(hands.window, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: in_view(name))


def test_a_text_that_is_far_too_long_is_cut_where_it_can_be_seen(hands: VoiceHands) -> None:
    hands.text.setPlainText("ab " * LONGEST_TEXT)
    assert len(hands.text.toPlainText()) == LONGEST_TEXT
    draft = hands.window._desk.draft
    assert draft is not None
    assert draft.voice.text == hands.text.toPlainText().strip()


def test_a_voice_that_another_program_removed_is_saved_all_the_same(
    hands: VoiceHands, qtbot: QtBot
) -> None:
    hands.text.setPlainText("Something else.")
    hands.studio.library.remove("anna")
    hands.button("Save").click()
    qtbot.waitUntil(lambda: not hands.window.unsaved)
    assert hands.studio.library.get("anna").text == "Something else."


def test_it_is_smaller_than_a_small_screen(hands: VoiceHands) -> None:
    least = hands.window.minimumSizeHint()
    assert least.width() <= 700
    assert least.height() <= 500


def test_text_of_strangers_stays_plain(hands: VoiceHands, qtbot: QtBot) -> None:
    hands.studio.library.rename("bea", "<b>Bea</b>\u202e")
    hands.window._keeper.refresh()
    qtbot.waitUntil(lambda: "<b>Bea</b>: English" in hands.rows())
    assert hands.studio.library.get("bea").text == TEXTS["en"]
