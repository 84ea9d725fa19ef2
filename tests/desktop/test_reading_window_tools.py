"""Around the pages of the window "Reading": a line to try, files of rules, the microphone."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
)

from ishowtts_desktop.audio.capture import Level
from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.desktop.banner import BannerArea
from ishowtts_desktop.desktop.reading_window.files import MOST_BYTES, RuleDialogs
from ishowtts_desktop.desktop.reading_window.gate_meter import GateMeter
from ishowtts_desktop.reading.preview import Preview
from ishowtts_desktop.reading.rulebook import exported
from tests.support.reading_window import Echo, ReadingHands

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.reading.text.prepare import Explanation

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hands(qtbot: QtBot) -> ReadingHands:
    return ReadingHands(qtbot)


def try_out(hands: ReadingHands, text: str) -> QLineEdit:
    line: QLineEdit = hands.find(QLineEdit, "A line to try")
    line.clear()
    QTest.keyClicks(line, text)
    return line


def test_a_line_shows_what_would_be_said(hands: ReadingHands) -> None:
    line = try_out(hands, "hello")
    hands.until(lambda: hands.sees("It says hello"))
    assert hands.sees("English, about 1.5 s")
    assert "It says hello" in line.accessibleDescription()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert hands.said == ["It says hello"]


def test_a_line_follows_the_settings(hands: ReadingHands) -> None:
    try_out(hands, "a spoiler")
    hands.until(lambda: hands.sees("It says a spoiler"))
    rules = hands.config.rules.model_copy(update={"blocked_words": ["spoiler"]})
    hands.hub.change({"rules": rules})
    hands.until(lambda: hands.sees("It has a blocked word in it."))
    hear: QPushButton = hands.find(QPushButton, "Hear")
    assert not hear.isEnabled()


def test_the_real_rules_know_who_writes(qtbot: QtBot) -> None:
    config = Config()
    config.rules.minimum_role = "moderator"
    hands = ReadingHands(qtbot, config, preview=Preview)
    try_out(hands, "hi there")
    hands.until(lambda: hands.sees("Not read."))
    assert hands.sees("The author's role is too low.")
    box = hands.find(QComboBox, "Who writes it")
    box.setCurrentIndex(box.findText("A moderator"))
    box.activated.emit(box.currentIndex())
    hands.until(lambda: hands.sees("hi there"))


def test_a_slow_look_holds_nothing_up_and_the_last_line_counts(qtbot: QtBot) -> None:
    gate = threading.Event()

    class Slow(Echo):
        def of(self, message: ChatMessage, *, reading: bool = True) -> Explanation:
            gate.wait(10)
            return super().of(message, reading=reading)

    hands = ReadingHands(qtbot, preview=Slow)
    try_out(hands, "first")
    hands.until(lambda: hands.window._work.busy("preview"))
    try_out(hands, "second")
    gate.set()
    hands.until(lambda: hands.sees("It says second"))
    assert not hands.sees("It says first")


def test_rules_go_out_and_come_in_and_can_be_taken_back(
    hands: ReadingHands, tmp_path: Path
) -> None:
    hands.files.path = tmp_path / "rules.toml"
    hands.press("Export...")
    hands.until(lambda: hands.told == "Exported to rules.toml.")
    assert hands.files.path.read_bytes() == exported(Config())
    other = Config()
    other.rules.blocked_words = ["spoiler", "leak"]
    other.load.merge = False
    hands.files.path.write_bytes(exported(other))
    # WHEN it is imported, THEN it is said what would change, and nothing changes yet
    hands.press("Import...")
    hands.until(lambda: hands.sees("Blocked words: 2 added."))
    assert hands.sees("Say the same thing once: off.")
    assert hands.config == Config()
    hands.press("Take over")
    assert hands.config.rules.blocked_words == ["spoiler", "leak"]
    assert not hands.config.load.merge
    assert hands.told == "Imported from rules.toml."
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.config == Config()


def test_what_was_decided_after_an_import_was_offered_stays(
    hands: ReadingHands, tmp_path: Path
) -> None:
    hands.files.path = tmp_path / "rules.toml"
    hands.config.rules.blocked_users = ["anna"]
    other = Config()
    other.rules.blocked_users = ["anna", "spammer"]
    other.rules.blocked_words = ["leak"]
    hands.files.path.write_bytes(exported(other))
    hands.press("Import...")
    hands.until(lambda: hands.sees("Blocked users: 1 added."))
    # WHEN somebody is blocked meanwhile, and a word that the file has, too
    blocked = {"blocked_users": ["anna", "troll"], "blocked_words": ["leak"]}
    hands.hub.change({"rules": hands.config.rules.model_copy(update=blocked)})
    assert not hands.sees("Blocked words: 1 added.")
    hands.press("Take over")
    assert sorted(hands.config.rules.blocked_users) == ["anna", "spammer", "troll"]
    assert hands.config.rules.blocked_words == ["leak"]
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.config.rules.blocked_users == ["anna", "troll"]


def test_an_offer_with_nothing_left_to_change_goes(hands: ReadingHands, tmp_path: Path) -> None:
    hands.files.path = tmp_path / "rules.toml"
    other = Config()
    other.load.merge = False
    hands.files.path.write_bytes(exported(other))
    hands.press("Import...")
    hands.until(lambda: hands.sees("Say the same thing once: off."))
    hands.hub.change({"load": other.load})
    assert not hands.sees("rules.toml changes this")


def test_silence_is_seen_and_ended_here(hands: ReadingHands) -> None:
    told = "Silenced. Nothing is said until you release it."
    assert not hands.sees(told)
    hands.show_reader(panicked=True)
    assert hands.sees(told)
    hands.press("Release")
    assert not hands.reader.panicked
    assert not hands.sees(told)


def test_what_is_to_be_heard_while_paused_says_why_it_isn_t(hands: ReadingHands) -> None:
    hands.show_reader(paused=True)
    QTest.keyClicks(hands.find(QLineEdit, "A line to try"), "hello")
    hands.until(lambda: hands.find(QAbstractButton, "Hear").isEnabled())
    hands.press("Hear")
    assert hands.said == ["It says hello"]
    assert hands.told == "Paused: it is said when you resume."
    hands.show_reader(paused=False)
    assert hands.told == "Changes apply at once."


def test_a_file_that_changes_nothing_or_can_t_be_read_says_so(
    hands: ReadingHands, tmp_path: Path
) -> None:
    hands.files.path = tmp_path / "same.toml"
    hands.files.path.write_bytes(exported(Config()))
    hands.press("Import...")
    hands.until(lambda: hands.told == "same.toml changes nothing.")
    banners = hands.window.findChild(BannerArea)
    assert banners is not None
    for data in (b"\xff\xfe", b"[rules]\nshortest = 'no'\n", b"#" * (MOST_BYTES + 1)):
        hands.files.path.write_bytes(data)
        hands.press("Import...")
        hands.until(lambda: banners.keys)
        assert hands.config == Config()
        banners.solve("rules")
    hands.press("Import...")
    hands.until(lambda: hands.sees("same.toml is too large for rules."))
    hands.files.path = tmp_path / "absent" / "x.toml"
    hands.press("Export...")
    hands.until(lambda: hands.sees("x.toml can't be written: No such file or directory."))


def test_the_desktop_s_own_dialogs_are_asked(hands: ReadingHands, tmp_path: Path) -> None:
    chosen: list[Path] = []
    dialogs = RuleDialogs(hands.window)
    for ask in (dialogs.ask_import, dialogs.ask_export):
        ask(chosen.append)
        dialog = hands.window.findChild(QFileDialog)
        assert dialog is not None
        dialog.fileSelected.emit(str(tmp_path / "a.toml"))
        dialog.done(0)
        hands.until(lambda: hands.window.findChild(QFileDialog) is None)
    assert chosen == [tmp_path / "a.toml"] * 2


def test_the_gate_is_heard_only_while_its_page_is_seen(hands: ReadingHands) -> None:
    assert not hands.gate.listening
    hands.open("Voice gate")
    assert hands.gate.listening
    meter = hands.window.findChild(GateMeter)
    assert meter is not None
    hands.gate.level = Level(-12.0, -25.0)
    hands.gate.talking = True
    hands.until(lambda: meter.level == -25.0)
    assert hands.sees("You talk.")
    hands.open("Words")
    assert not hands.gate.listening


def test_the_gate_s_settings_fit_its_mode(hands: ReadingHands) -> None:
    hands.open("Voice gate")
    box = hands.find(QComboBox, "Microphone")
    hands.until(lambda: box.findText("Desk microphone") > 0)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert hands.config.gate.device == "Desk microphone"
    assert not hands.find(QDoubleSpinBox, "Quieter by").isEnabled()
    mode = hands.find(QComboBox, "While you talk")
    mode.setCurrentIndex(mode.findText("Speak more quietly"))
    mode.activated.emit(mode.currentIndex())
    assert hands.config.gate.mode == "duck"
    assert hands.find(QDoubleSpinBox, "Quieter by").isEnabled()
    assert not hands.find(QDoubleSpinBox, "Hold at most").isEnabled()


def test_without_a_microphone_it_says_so(qtbot: QtBot) -> None:
    def refuse() -> list[str]:
        raise AudioError("No microphone was found.", "Connect one and try again.")

    hands = ReadingHands(qtbot, inputs=refuse)
    hands.open("Voice gate")
    hands.until(lambda: hands.sees("No microphone was found. Connect one and try again."))
    bare = ReadingHands(qtbot, gate=None)
    bare.open("Voice gate")
    assert bare.sees("There is no sound device here")
