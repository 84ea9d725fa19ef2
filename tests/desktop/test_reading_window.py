"""The window "Reading": every page changes the settings at once, and every change goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QTableView,
    QWidget,
)

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.desktop.language import Language
from ishowtts_desktop.desktop.reading_window.line_languages import language_name
from ishowtts_desktop.reading.text.language import DETECTABLE
from tests.support.reading_window import ReadingHands, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.desktop.reading_window.page import Page

TITLES = {"en": "Reading", "zh_CN": "朗读"}
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hands(qtbot: QtBot) -> ReadingHands:
    return ReadingHands(qtbot)


def pick(box: QComboBox, name: str) -> None:
    """Pick by the keyboard: the first letters of a name."""
    box.setFocus()
    box.showPopup()
    box.setCurrentIndex(box.findText(name))
    QTest.keyClick(box.view(), Qt.Key.Key_Return)


def test_a_change_applies_at_once_and_goes_back_by_keys(hands: ReadingHands) -> None:
    rules = hands.config.rules
    hands.press("Only messages that mention you")
    assert hands.config.rules.only_mentions
    assert list(hands.hub.changes[-1]) == ["rules"]
    assert hands.told == "Only messages that mention you: on."
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.config.rules == rules
    assert not hands.find(QCheckBox, "Only messages that mention you").isChecked()
    assert hands.told == "Taken back: Only messages that mention you: on."
    hands.key(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert hands.config.rules.only_mentions


def test_the_focus_stays_where_the_way_back_is(hands: ReadingHands) -> None:
    hands.press("Only paid messages")
    hands.press("Undo")
    assert hands.window.focusWidget() is hands.find(QWidget, "Redo")
    hands.press("Redo")
    assert hands.window.focusWidget() is hands.find(QWidget, "Undo")


def test_what_is_read_is_set_on_its_page(hands: ReadingHands) -> None:
    pick(hands.find(QComboBox, "Read chat from"), "Moderators and you")
    assert hands.config.rules.minimum_role == "moderator"
    assert hands.told == "Read chat from: Moderators and you."
    pick(hands.find(QComboBox, "First message of a viewer"), "Say it before others")
    assert hands.config.rules.first_message == "lift"
    number = hands.find(QDoubleSpinBox, "Not if longer than")
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "120")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert hands.config.rules.longest == 120
    assert hands.told == "Not if longer than: 120 characters."
    hands.press("Say subscriptions, raids and gifts")
    assert not hands.config.reading.say_notices
    # AND a letter that is typed into another field first isn't lost by undo
    for _ in range(4):
        hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.config == Config()


def test_languages_are_ticked(hands: ReadingHands) -> None:
    listed = hands.find(QListWidget, "Languages")
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Space)
    assert hands.config.rules.languages == ["en"]
    # WHEN the rules name one that no line is ever found to be in
    rules = hands.config.rules.model_copy(update={"languages": ["en", "sv", "zh-TW"]})
    hands.hub.change({"rules": rules})
    # THEN it stands in the list as such, and can go
    rows = [listed.item(row).text() for row in range(listed.count())][-2:]
    assert rows == ["Swedish (never recognised)", "中文 (zh-TW)"]
    listed.setCurrentRow(listed.count() - 2)
    QTest.keyClick(listed, Qt.Key.Key_Space)
    assert hands.config.rules.languages == ["en", "zh-TW"]


def test_the_languages_that_are_offered_are_those_that_lines_are_found_to_be_in(
    hands: ReadingHands,
) -> None:
    listed = hands.find(QListWidget, "Languages")
    offered = {listed.item(row).data(Qt.ItemDataRole.UserRole) for row in range(listed.count())}
    assert offered == set(DETECTABLE)
    casting = hands.config.casting.model_copy(update={"languages": {"sv": "mina", "fr": ""}})
    hands.hub.change({"casting": casting})
    hands.open("Voices")
    hands.window.show_voices()
    model = hands.find(QTableView, "Voices of languages").model()
    shown = [model.index(row, 0).data() for row in range(2)]
    assert shown == ["Swedish (never recognised)", "Français"]
    assert offered >= {"ar", "fr", "th", "zh"}
    assert language_name("xyzzy") == "xyzzy"


def test_steps_of_a_number_are_one_change(hands: ReadingHands) -> None:
    hands.open("When chat is fast")
    number = hands.find(QSpinBox, "Speak faster by")
    number.setFocus()
    for _ in range(3):
        QTest.keyClick(number, Qt.Key.Key_Up)
    assert hands.config.load.faster == pytest.approx(1.30)
    assert hands.told == "Speak faster by: 30 %."
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.config.load.faster == pytest.approx(1.15)
    assert number.value() == 15


def test_a_change_from_elsewhere_is_shown_and_survives_undo(hands: ReadingHands) -> None:
    hands.open("People")
    editor = hands.find(QPlainTextEdit, "Blocked users")
    QTest.keyClicks(editor, "Spammer")
    hands.until(lambda: hands.config.rules.blocked_users == ["Spammer"])
    # WHEN the chat's menu blocks another one meanwhile
    blocked = {"blocked_users": ["Spammer", "Troll"]}
    hands.hub.change({"rules": hands.config.rules.model_copy(update=blocked)})
    assert editor.toPlainText() == "Spammer\nTroll"
    # THEN undo takes back what was done here, and no more
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.config.rules.blocked_users == ["Troll"]


def test_what_is_typed_meanwhile_isn_t_lost_either(hands: ReadingHands) -> None:
    hands.open("People")
    editor = hands.find(QPlainTextEdit, "Blocked users")
    QTest.keyClicks(editor, "Spammer")
    hands.hub.change({"rules": hands.config.rules.model_copy(update={"blocked_users": ["Troll"]})})
    assert editor.toPlainText() == "Spammer"
    hands.window.flush()
    assert hands.config.rules.blocked_users == ["Spammer", "Troll"]
    assert editor.toPlainText() == "Spammer\nTroll"


def test_closing_takes_what_was_typed_and_remembers_the_place(hands: ReadingHands) -> None:
    places: list[str] = []
    hands.window.geometry_changed.connect(places.append)
    hands.open("Words")
    QTest.keyClicks(hands.find(QPlainTextEdit, "Blocked words"), "spoiler")
    hands.key(Qt.Key.Key_Escape)
    assert not hands.window.isVisible()
    assert hands.config.rules.blocked_words == ["spoiler"]
    assert places == [hands.window.geometry_text()]


def test_the_pages_are_gone_through_by_keyboard(hands: ReadingHands) -> None:
    pages = hands.find(QListWidget, "Pages")
    pages.setFocus()
    seen = []
    for _ in hands.window.pages:
        seen += [page.title for page in hands.window.pages if page.isVisible()]
        QTest.keyClick(pages, Qt.Key.Key_Down)
    assert seen == [page.title for page in hands.window.pages]


def test_a_screen_reader_has_a_name_for_all_that_can_have_the_focus(hands: ReadingHands) -> None:
    nameless = []
    for page in hands.window.pages:
        hands.open(page.title)
        for widget in hands.window.findChildren(QWidget):
            reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
            inner = widget.focusProxy() is not None or widget.objectName().startswith("qt_")
            text: Callable[[], str] = getattr(widget, "text", lambda: "")
            if reached and not inner and not (widget.accessibleName() or text()):
                nameless.append((page.title, widget))
    assert nameless == []


def test_the_language_is_switched_while_it_is_open(hands: ReadingHands, qapp: QApplication) -> None:
    hands.press("Only paid messages")
    language = Language(qapp)
    try:
        language.install("zh_CN")
        hands.until(lambda: hands.window.windowTitle() == "朗读")
        assert hands.find(QCheckBox, "只读付费消息").isChecked()
        assert hands.told == "只读付费消息：开。"
        assert hands.config.rules.only_paid
        hands.find(QDoubleSpinBox, "同一观众的间隔").stepUp()
        assert hands.told == "同一观众的间隔：1.0 秒。"
    finally:
        language.install("en")
    hands.until(lambda: hands.window.windowTitle() == "Reading")
    assert hands.told == "One viewer at most every: 1.0 s."


@pytest.mark.parametrize("tag", TITLES)
def test_it_fits_a_small_screen_at_double_size(
    hands: ReadingHands, qapp: QApplication, tag: str
) -> None:
    # GIVEN 1024 by 700 dots, of which two by two make one, and a window's frame
    # AND a language that it was switched to while its widest page was to be seen
    language = Language(qapp)
    widest = hands.open("Pronunciations")
    try:
        for name, title in (*((o, t) for o, t in TITLES.items() if o != tag), (tag, TITLES[tag])):
            language.install(name)
            hands.until(lambda: hands.window.windowTitle() == title)  # noqa: B023 - called at once
        hands.window.resize(1, 1)
        for page in (widest, *hands.window.pages):
            hands.window._contents._list.setCurrentRow(hands.window.pages.index(page))
            # THEN no page is cut off at the side, and no word of it anywhere
            hands.until(lambda: clipped(page) == [])  # noqa: B023 - called at once
        assert hands.window.width() <= 512
        assert hands.window.height() <= 330
        titles = hands.window._contents._list
        assert titles.sizeHintForColumn(0) <= titles.viewport().width()
    finally:
        language.install("en")


def clipped(page: Page) -> list[str]:
    inner = page.widget()
    texts = [w for kind in (QLabel, QAbstractButton, QComboBox) for w in inner.findChildren(kind)]
    visible = [widget for widget in texts if widget.isVisible() and shown(widget)]
    cut = [
        shown(widget)
        for widget in visible
        if widget.width() < widget.minimumSizeHint().width()
        or widget.height() < widget.heightForWidth(widget.width())
    ]
    return cut if inner.width() <= page.viewport().width() else [page.title, *cut]
