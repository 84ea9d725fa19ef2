"""The chat list on a real screen: what it paints, where it scrolls, what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage, QPalette
from PySide6.QtWidgets import QPushButton

from ishowtts_desktop.core.messages import Notice
from ishowtts_desktop.core.utterances import Lane, Outcome, OutcomeState, Reason
from ishowtts_desktop.desktop.chat_model import ChatModel
from ishowtts_desktop.desktop.chat_view import ChatView
from ishowtts_desktop.desktop.feed import RowChange, row_key
from ishowtts_desktop.desktop.name_colors import HUES, MIN_CONTRAST, contrast, name_color
from ishowtts_desktop.desktop.person import Person
from tests.support.desktop import message, outcome

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.core.messages import ChatMessage


def changes(*lines: ChatMessage, state: OutcomeState | None = None) -> list[RowChange]:
    told = [None if state is None else outcome(line, state) for line in lines]
    return [RowChange(row_key(line), line, it) for line, it in zip(lines, told, strict=True)]


def numbered(first: int, end: int) -> list[RowChange]:
    return changes(*(message(number, f"line {number}") for number in range(first, end)))


@pytest.fixture
def view(qtbot: QtBot) -> ChatView:
    view = ChatView(ChatModel(capacity=300))
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    qtbot.waitExposed(view)
    return view


def model_of(view: ChatView) -> ChatModel:
    model = view.model()
    assert isinstance(model, ChatModel)
    return model


def at_end(view: ChatView) -> bool:
    bar = view.verticalScrollBar()
    return bar.maximum() > 0 and bar.value() == bar.maximum()


def grab(view: ChatView) -> QImage:
    return view.viewport().grab().toImage()


def test_new_messages_are_followed_until_the_user_scrolls_up(view: ChatView, qtbot: QtBot) -> None:
    model = model_of(view)
    model.apply(numbered(0, 100))
    qtbot.waitUntil(lambda: at_end(view))
    # WHEN the user scrolls up
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: not view.following)
    button = view.findChild(QPushButton)
    assert button is not None
    assert button.isVisible()
    # THEN new messages leave the view where it is
    model.apply(numbered(100, 150))
    qtbot.wait(100)
    assert view.verticalScrollBar().value() == 0
    # WHEN the button is clicked THEN it follows again
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: at_end(view))
    assert view.following
    assert not button.isVisible()
    model.apply(numbered(150, 200))
    qtbot.waitUntil(lambda: at_end(view) and view.verticalScrollBar().maximum() > 200 * 15)


def test_what_the_user_reads_stays_put_while_the_oldest_rows_go(
    view: ChatView, qtbot: QtBot
) -> None:
    model = model_of(view)
    model.apply(numbered(0, 300))
    qtbot.waitUntil(lambda: at_end(view))
    view.setCurrentIndex(model.index(0, 0))
    view.scrollTo(model.index(150, 0), ChatView.ScrollHint.PositionAtTop)
    qtbot.waitUntil(lambda: not view.following)
    before = view.indexAt(QPoint(5, 5)).data()
    model.apply(numbered(300, 350))
    qtbot.wait(100)
    assert view.indexAt(QPoint(5, 5)).data() == before


def test_following_survives_a_narrower_window(view: ChatView, qtbot: QtBot) -> None:
    lines = (message(number, "many words " * 12) for number in range(40))
    model_of(view).apply(changes(*lines))
    qtbot.waitUntil(lambda: at_end(view))
    tall = view.verticalScrollBar().maximum()
    view.resize(260, 300)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > tall and at_end(view))
    assert view.following


def test_markup_is_painted_as_it_was_written(view: ChatView, qtbot: QtBot) -> None:
    # GIVEN two texts that a rich text renderer would show alike
    model_of(view).apply(changes(message(1, "<b></b>same"), message(2, "same")))
    qtbot.waitUntil(lambda: view.visualRect(model_of(view).index(1, 0)).isValid())
    image = grab(view)
    rects = [view.visualRect(model_of(view).index(row, 0)) for row in range(2)]
    assert image.copy(rects[0]) != image.copy(rects[1])


def test_hidden_characters_are_not_painted(view: ChatView, qtbot: QtBot) -> None:
    model_of(view).apply(changes(message(1, "\u202esa\u200bme\u2066"), message(2, "same")))
    qtbot.waitUntil(lambda: view.visualRect(model_of(view).index(1, 0)).isValid())
    image = grab(view)
    rects = [view.visualRect(model_of(view).index(row, 0)) for row in range(2)]
    assert image.copy(rects[0]) == image.copy(rects[1])


def test_each_state_looks_different_without_colour(view: ChatView, qtbot: QtBot) -> None:
    model = model_of(view)
    view.resize(500, 500)
    for number, state in enumerate(OutcomeState):
        line = message(number, "x")
        removed = Reason.CHAT_CLEARED if state is OutcomeState.REMOVED else None
        model.apply([RowChange(row_key(line), line, outcome(line, state), removed)])
    last = model.index(model.rowCount() - 1, 0)
    qtbot.waitUntil(lambda: view.visualRect(last).isValid())
    image = grab(view)
    side = view.fontMetrics().height() + view.fontMetrics().height() // 2
    shapes = []
    for row in range(model.rowCount()):
        corner = view.visualRect(model.index(row, 0)).topLeft()
        spots = [corner + QPoint(x, y) for x in range(side) for y in range(side)]
        shapes.append([image.pixelColor(spot).lightness() < 170 for spot in spots])
    for number, shape in enumerate(shapes):
        for other in shapes[:number]:
            assert sum(a != b for a, b in zip(shape, other, strict=True)) > 10


def test_why_something_was_not_said_stands_below_it(view: ChatView, qtbot: QtBot) -> None:
    model = model_of(view)
    for number, reason in enumerate((None, Reason.SAMPLED)):
        line = message(number, "same")
        told = outcome(line, OutcomeState.DROPPED, reason)
        model.apply([RowChange(row_key(line), line, told)])
    rects = [view.visualRect(model.index(row, 0)) for row in range(2)]
    assert rects[1].height() >= rects[0].height() + view.fontMetrics().height()
    # AND is painted there, not only given room
    below = grab(view).copy(rects[1].adjusted(0, rects[0].height(), 0, 0))
    shades = {below.pixelColor(x, y).lightness() // 40 for x in range(200, 400) for y in range(9)}
    assert len(shades) > 1


def test_an_announcement_has_a_shape_of_its_own(view: ChatView, qtbot: QtBot) -> None:
    # GIVEN a gift and a paid message that are alike in all else
    model = model_of(view)
    line = message(2, "same")
    more: dict[str, Any] = {"text": "same", "name": "Anna", "lane": Lane.PAID}
    notice = Notice("n", "twitch", "room", "subgift", "", author_id="id-Anna", name="Anna")
    gift = Outcome("n", OutcomeState.SPOKEN, 0.0, notice=notice, **more)
    paid = Outcome("2", OutcomeState.SPOKEN, 0.0, message=line, **more)
    model.apply([RowChange(row_key(notice), outcome=gift), RowChange(row_key(line), line, paid)])
    qtbot.waitUntil(lambda: view.visualRect(model.index(1, 0)).isValid())
    image = grab(view)
    rects = [view.visualRect(model.index(row, 0)) for row in range(2)]
    assert image.copy(rects[0]) != image.copy(rects[1])


def test_one_endless_word_wraps_inside_its_row(view: ChatView, qtbot: QtBot) -> None:
    model_of(view).apply(changes(message(1, "W" * 500), message(2, "x")))
    qtbot.waitUntil(lambda: view.visualRect(model_of(view).index(0, 0)).height() > 100)
    assert view.horizontalScrollBar().maximum() == 0


def test_enter_reads_the_selected_message_and_a_removed_one_is_left_alone(
    view: ChatView, qtbot: QtBot
) -> None:
    model = model_of(view)
    line = message(1)
    model.apply(changes(line))
    assert view.selected_message() is None
    view.setCurrentIndex(model.index(0, 0))
    with qtbot.waitSignal(view.read_requested) as read:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert read.args == [line]
    # WHEN a moderator removes it
    model.apply([RowChange(row_key(line), line, removed=Reason.MESSAGE_DELETED)])
    with qtbot.assertNotEmitted(view.read_requested, wait=50):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.selected_message() is None


def test_keys_ask_about_who_wrote_the_selected_row(view: ChatView, qtbot: QtBot) -> None:
    model = model_of(view)
    line = message(1, "hello\u202e you", name="A&B <i>")
    model.apply(changes(line))
    told: list[Any] = []
    view.mute_requested.connect(lambda author: told.append(("mute", author)))
    view.block_requested.connect(lambda author: told.append(("block", author)))
    view.undo_requested.connect(lambda: told.append("undo"))
    control = Qt.KeyboardModifier.ControlModifier
    keys = (Qt.Key.Key_M, Qt.Key.Key_B, Qt.Key.Key_Z, Qt.Key.Key_C)
    # WHEN nothing is selected there is nobody to ask about
    for key in keys:
        qtbot.keyClick(view, key, control)
    assert told == ["undo"]
    view.setCurrentIndex(model.index(0, 0))
    for key in keys:
        qtbot.keyClick(view, key, control)
    author = Person("a&b <i>", "A&B <i>")
    assert told == ["undo", ("mute", author), ("block", author), "undo"]
    assert QGuiApplication.clipboard().text() == "A&B <i>: hello you"


def test_who_wrote_what_was_removed_is_still_asked_about(view: ChatView, qtbot: QtBot) -> None:
    model = model_of(view)
    line = message(1, "spam", name="Bot")
    model.apply(changes(line))
    model.apply([RowChange(row_key(line), removed=Reason.MESSAGE_DELETED)])
    view.setCurrentIndex(model.index(0, 0))
    with qtbot.waitSignal(view.block_requested, timeout=1000) as blocked:
        qtbot.keyClick(view, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert blocked.args == [Person("bot", "Bot")]


def test_what_the_platform_announced_is_said_again_and_its_author_muted(
    view: ChatView, qtbot: QtBot
) -> None:
    model = model_of(view)
    notice = Notice("n1", "twitch", "room", "raid", "31 raiders", login="ann", name="Ann")
    told = Outcome("n1", OutcomeState.SPOKEN, 0.0, text="Ann raids.", name="Ann", notice=notice)
    model.apply([RowChange(row_key(notice), outcome=told)])
    view.setCurrentIndex(model.index(0, 0))
    with qtbot.waitSignal(view.say_requested) as said:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert said.args == ["Ann raids."]
    with qtbot.waitSignal(view.mute_requested) as muted:
        qtbot.keyClick(view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert muted.args == [Person("ann", "Ann")]


def test_the_menu_is_asked_for_by_key_and_pointer(view: ChatView, qtbot: QtBot) -> None:
    model = model_of(view)
    model.apply(changes(message(1), message(2, name="Bob")))
    qtbot.waitUntil(lambda: view.visualRect(model.index(1, 0)).isValid())
    view.setCurrentIndex(model.index(0, 0))
    asked: list[Any] = []
    view.menu_requested.connect(lambda row, name, place: asked.append((row, name, place)))
    reasons = QContextMenuEvent.Reason
    view.contextMenuEvent(QContextMenuEvent(reasons.Keyboard, QPoint(0, 0), QPoint(0, 0)))
    point = view.visualRect(model.index(1, 0)).center()
    place = view.viewport().mapToGlobal(point)
    view.contextMenuEvent(QContextMenuEvent(reasons.Mouse, point, place))
    assert [(row.key[2], name) for row, name, _ in asked] == [("1", "Anna"), ("2", "Bob")]
    assert asked[1][2] == place


@pytest.mark.parametrize("background", ["white", "#efefef", "#2d2d30", "#1e1e20", "black"])
def test_every_name_is_legible(background: str) -> None:
    behind = QColor(background)
    colors = {name_color(str(author), behind).name() for author in range(500)}
    assert len(colors) > HUES // 2
    assert all(contrast(QColor(color), behind) >= MIN_CONTRAST for color in colors)


def test_a_name_keeps_its_colour_and_follows_the_theme(view: ChatView) -> None:
    assert name_color("anna", QColor("white")) == name_color("anna", QColor("white"))
    light = view.palette().color(QPalette.ColorRole.Base)
    assert name_color("anna", light) != name_color("anna", QColor("black"))
    name_color("\ud800", light)  # half of a surrogate pair is a name too
