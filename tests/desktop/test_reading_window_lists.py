"""Lists and tables of the window "Reading": thousands of words, private ones, a dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.reading_config import Pronunciation, RulesConfig
from ishowtts_desktop.desktop.reading_window.merging import merged
from ishowtts_desktop.desktop.reading_window.texts import entries, one_line
from tests.support.reading_window import ReadingHands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CONTROL = Qt.KeyboardModifier.ControlModifier
TABLE = "Words said otherwise"


@pytest.fixture
def hands(qtbot: QtBot) -> ReadingHands:
    config = Config()
    config.rules.blocked_words = ["spoiler"]
    config.private.words = ["Elm Street", "Ms Finch"]
    config.words.pronunciations = [Pronunciation(written="GLHF", spoken="good luck")]
    config.casting.users = {"anna": "mina", "bob": "gone"}
    config.casting.allowed = ["gone"]
    return ReadingHands(qtbot, config)


def type_into_cell(hands: ReadingHands, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type into the cell that is open, and leave it."""
    line = hands.window.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, text)
    QTest.keyClick(line, end)
    hands.until(lambda: hands.window.focusWidget() is not line)


def test_thousands_of_words_are_pasted_counted_and_taken_back(hands: ReadingHands) -> None:
    hands.open("Words")
    editor = hands.find(QPlainTextEdit, "Blocked words")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    words = [f"word{number}" for number in range(10_000)]
    clipboard = QApplication.clipboard()
    clipboard.setText("\r\n" + "\r\n".join([*words, "", "  spoiler ", "word7"]))
    editor.paste()
    hands.until(lambda: len(hands.config.rules.blocked_words) > 1)
    assert hands.config.rules.blocked_words == ["spoiler", *words]
    assert hands.sees("In the list: 10001")
    assert hands.told == "Blocked words: 10000 added."
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.config.rules.blocked_words == ["spoiler"]
    assert editor.toPlainText() == "spoiler"
    clipboard.clear()


def test_private_words_are_in_no_widget_until_they_are_shown(hands: ReadingHands) -> None:
    def seen() -> bool:
        return any("Elm" in w.toPlainText() for w in hands.window.findChildren(QPlainTextEdit))

    hands.open("Words")
    assert hands.sees("2 hidden")
    assert not seen()
    hands.press("Show")
    assert seen()
    hands.press("Hide")
    assert not seen()
    # AND they go out of sight by themselves with the page, and with the window
    hands.press("Show")
    hands.open("People")
    hands.open("Words")
    assert not seen()
    hands.press("Show")
    hands.window.close()
    assert not seen()


def test_a_private_word_is_added_unseen_and_never_named(hands: ReadingHands) -> None:
    hands.open("Words")
    line = hands.find(QLineEdit, "A private word to add, unseen")
    assert line.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(line, "Hill School")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert hands.config.private.words == ["Elm Street", "Ms Finch", "Hill School"]
    assert list(hands.hub.changes[-1]) == ["private"]
    assert hands.told == "Private words: 1 added."
    assert hands.sees("3 hidden")
    # WHEN they are shown and one is removed, THEN that is told without it, too
    hands.press("Show")
    editor = hands.find(QPlainTextEdit, "Private words")
    editor.setPlainText("Elm Street\nHill School")
    hands.press("Hide")
    assert hands.config.private.words == ["Elm Street", "Hill School"]
    assert hands.told == "Private words: 1 removed."


@pytest.mark.parametrize("end", ["Close", "page", "Show"])
def test_a_private_word_that_was_typed_and_not_added_isn_t_lost(
    hands: ReadingHands, end: str
) -> None:
    hands.open("Words")
    QTest.keyClicks(hands.find(QLineEdit, "A private word to add, unseen"), "Hill School")
    if end == "page":
        hands.open("People")
    elif end == "Show":
        hands.press("Show")
        hands.window.flush()
    else:
        hands.press(end)
    assert hands.config.private.words == ["Elm Street", "Ms Finch", "Hill School"]


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_cell_stays_open_while_the_same_list_is_changed_elsewhere(
    hands: ReadingHands, end: Qt.Key
) -> None:
    hands.open("People")
    hands.press("Nicknames: add")
    line = hands.window.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "an")
    # WHEN a nickname is given in the chat's menu meanwhile
    given = hands.config.words.model_copy(update={"nicknames": {"bob": "Bobby"}})
    hands.hub.change({"words": given})
    assert hands.window.focusWidget() is line
    type_into_cell(hands, "na", end)
    # THEN both count, and both are seen
    names = {"anna": "", "bob": "Bobby"} if end is Qt.Key.Key_Return else {"bob": "Bobby"}
    assert hands.config.words.nicknames == names
    view = hands.find(QTableView, "Nicknames")

    def shown() -> set[str]:
        return {view.model().index(row, 0).data() for row in range(view.model().rowCount())}

    hands.until(lambda: shown() == set(names))


def test_what_is_typed_into_a_cell_counts_when_the_window_goes(hands: ReadingHands) -> None:
    hands.open("People")
    hands.press("Nicknames: add")
    QTest.keyClicks(hands.window.focusWidget(), "anna")
    hands.window.flush()
    assert hands.config.words.nicknames == {"anna": ""}
    hands.window.close()


def test_the_dictionary_is_written_in_its_table(hands: ReadingHands) -> None:
    hands.open("Pronunciations")
    hands.press(f"{TABLE}: add")
    view = hands.find(QTableView, TABLE)
    type_into_cell(hands, "iShowTTS")
    view.setCurrentIndex(view.model().index(1, 1))
    QTest.keyClick(view, Qt.Key.Key_F2)
    type_into_cell(hands, "I show it")
    expected = Pronunciation(written="iShowTTS", spoken="I show it")
    assert hands.config.words.pronunciations[-1] == expected
    # AND it is heard as it is spelt
    hands.press("Hear it")
    assert hands.said == ["I show it"]
    # WHEN its language is chosen
    view.setCurrentIndex(view.model().index(1, 2))
    QTest.keyClick(view, Qt.Key.Key_F2)
    box = view.findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(box.findText("English"))
    box.activated.emit(box.currentIndex())
    assert hands.config.words.pronunciations[-1].language == "en"
    assert view.model().index(1, 2).data() == "English"
    heard = view.model().index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "In the language: English"


def test_rows_are_found_removed_and_brought_back(hands: ReadingHands) -> None:
    words = [Pronunciation(written=f"w{at}", spoken="x") for at in range(300)]
    hands.hub.change({"words": hands.config.words.model_copy(update={"pronunciations": words})})
    hands.open("Pronunciations")
    view = hands.find(QTableView, TABLE)
    QTest.keyClicks(hands.find(QLineEdit, f"Search in: {TABLE}"), "W29")
    assert view.model().rowCount() == 11
    view.selectAll()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert len(hands.config.words.pronunciations) == 289
    assert hands.told == f"{TABLE}: 11 removed."
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.config.words.pronunciations == words


def test_a_row_that_nothing_is_written_into_is_no_entry(hands: ReadingHands) -> None:
    hands.open("People")
    hands.press("Nicknames: add")
    view = hands.find(QTableView, "Nicknames")
    type_into_cell(hands, "forgotten", Qt.Key.Key_Escape)
    assert hands.hub.changes == []
    # AND none of what is changed beside it
    nicknames = hands.config.words.model_copy(update={"nicknames": {"u9482": "Anna"}})
    hands.hub.change({"words": nicknames})
    hands.press("Nicknames: add")
    type_into_cell(hands, "forgotten", Qt.Key.Key_Escape)
    view.setCurrentIndex(view.model().index(0, 1))
    hands.press("Nicknames: remove")
    assert hands.config.words.nicknames == {}
    # AND the next one begins in the same place
    hands.press("Nicknames: add")
    type_into_cell(hands, "xX_Slayer_Xx")
    assert hands.config.words.nicknames == {"xX_Slayer_Xx": ""}
    assert view.model().rowCount() == 1


def test_a_voice_that_is_gone_stays_to_be_seen(hands: ReadingHands) -> None:
    hands.open("Voices")
    view = hands.find(QTableView, "Voices of viewers")
    assert [view.model().index(row, 1).data() for row in (0, 1)] == ["Mina", "gone (missing)"]
    allowed = hands.find(QListWidget, "Out of these")
    texts = [allowed.item(row).text() for row in range(allowed.count())]
    assert texts[-1] == "gone (missing)"
    # WHEN it comes back under its name
    hands.voices["gone"] = "Gondolf"
    hands.window.show_voices()
    assert view.model().index(1, 1).data() == "Gondolf"
    assert allowed.count() == len(hands.voices)


def test_the_longest_name_of_a_voice_makes_the_window_no_wider(qtbot: QtBot) -> None:
    hands = ReadingHands(qtbot, voices=lambda: {"long": "W" * 80})
    hands.open("Voices")
    assert hands.window.minimumSizeHint().width() <= 512


def test_a_role_has_a_voice_of_its_own(hands: ReadingHands) -> None:
    hands.open("Voices")
    box = hands.find(QComboBox, "Moderators")
    box.setFocus()
    QTest.keyClicks(box, "Mina")
    box.activated.emit(box.currentIndex())
    assert hands.config.casting.roles == {"moderator": "mina"}
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert hands.config.casting.roles == {}


def test_who_is_muted_is_heard_again(hands: ReadingHands) -> None:
    hands.open("People")
    assert hands.find(QListWidget, "Muted users").item(0).text() == "Troll"
    hands.press("Unmute")
    assert hands.muted == set()
    assert hands.sees("Nobody is muted.")


def test_any_text_goes_into_any_field(hands: ReadingHands) -> None:
    hostile = "a\u202eb\x00c\ud800 <b>&{name}{0}" + "x" * 5000
    for page in hands.window.pages:
        hands.open(page.title)
        fields = page.findChildren(QWidget)
        for field in fields:
            if isinstance(field, QPlainTextEdit) and field.isVisible():
                field.setPlainText(hostile)
            elif isinstance(field, QLineEdit) and field.isVisible() and field.focusProxy() is None:
                field.setText(hostile)
                field.textEdited.emit(field.text())
                field.editingFinished.emit()
    hands.window.flush()
    assert hands.config.rules.blocked_words
    hands.config.model_dump_json()


@example("half of a \ud800 pair")
@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_what_is_typed_becomes_one_line_that_can_be_written(text: str) -> None:
    line = one_line(text)
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    assert RulesConfig(blocked_words=[line]).model_dump_json()
    assert one_line(line) == line


LISTS = st.lists(st.sampled_from("abcdef"), unique=True)


@given(LISTS, LISTS, LISTS)
def test_two_changes_of_a_list_both_count(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    both = merged(base, mine, theirs)
    assert len(both) == len(set(both))
    b, m, t = set(base), set(mine), set(theirs)
    assert set(both) == ((b & m & t) | (m - b) | (t - b))
    # AND the same is true of mappings
    tables = [dict.fromkeys(keys, "v") for keys in (base, mine, theirs)]
    assert set(merged(*tables)) == set(both)


def test_entries_are_each_there_once() -> None:
    assert entries(["b ", "", "a", " b", "\t"]) == ["b", "a"]
