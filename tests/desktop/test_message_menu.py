"""The context menu of a message: what it offers, asks for, and calls by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QMenu, QWidget

from ishowtts_desktop.core.config import Config, SpeechConfig
from ishowtts_desktop.core.messages import Notice
from ishowtts_desktop.core.reading_config import PrivateConfig
from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.chat_model import ChatRole, ChatRow
from ishowtts_desktop.desktop.chat_view import ChatView
from ishowtts_desktop.desktop.feed import ChatFeed, RowChange, row_key
from ishowtts_desktop.desktop.main_window import MainWindow
from ishowtts_desktop.desktop.message_menu import MessageMenus
from ishowtts_desktop.desktop.voice_state import VoiceState
from ishowtts_desktop.speech.hosted import HostPhase, HostState
from ishowtts_desktop.starters import STARTERS
from tests.support.desktop import message

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LINE = message(1, "hello you", name="A&B <i>")


class Desk:
    """The menus, and everything that was asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.commands, self.feed, self.config = Commands(), ChatFeed(), Config()
        self.asked: list[tuple[Any, ...]] = []
        for name in [name for name in vars(Commands) if name.endswith("_requested")]:
            self._listen(name.removesuffix("_requested"))
        self.menus = MessageMenus(self.commands, self.feed, self.config)
        self.parent = QWidget()
        qtbot.addWidget(self.parent)

    def _listen(self, name: str) -> None:
        signal = getattr(self.commands, f"{name}_requested")
        signal.connect(lambda *args: self.asked.append((name, *args)))

    def menu(self, row: ChatRow | None = None) -> QMenu:
        row = row or row_of()
        return self.menus.menu_for(row, row.name or "You", self.parent)


def row_of(state: OutcomeState | None = None, reason: Reason | None = None) -> ChatRow:
    return ChatRow(row_key(LINE), LINE.name, LINE.text, "id", 0.0, LINE, state=state, reason=reason)


def labels(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def item(menu: QMenu, label: str) -> QAction:
    return next(action for action in menu.actions() if action.text().replace("&", "") == label)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_a_message_offers_all_that_can_be_done_with_it_and_with_its_author(desk: Desk) -> None:
    menu = desk.menu()
    assert labels(menu) == [
        "&Read this",
        "&Copy",
        "Copy &text",
        "&Mute A&&B <i>",
        "&Block A&&B <i>",
        "Give A&&B <i> a &nickname...",
        "Choose a &voice for A&&B <i>",
    ]
    wanted = desk.menus.nickname_wanted
    wanted.connect(lambda *args: desk.asked.append(("nickname wanted", *args)))
    for action in menu.actions():
        action.trigger()
    login = "a&b <i>"
    assert desk.asked == [
        ("message", LINE),
        ("mute", login),
        ("block", login),
        ("nickname wanted", login, "A&B <i>"),
    ]
    assert QGuiApplication.clipboard().text() == "hello you"
    item(menu, "Copy").trigger()
    assert QGuiApplication.clipboard().text() == "A&B <i>: hello you"


def test_what_was_said_is_said_again(desk: Desk) -> None:
    assert labels(desk.menu(row_of(OutcomeState.SPOKEN)))[0] == "&Say again"


def test_who_is_muted_or_blocked_already_is_let_back_in(desk: Desk) -> None:
    desk.menus.show_muted(["A&B <I>"])
    desk.config.rules.blocked_users = ["@A&b <i>"]
    menu = desk.menu()
    assert labels(menu)[3:5] == ["Un&mute A&&B <i>", "Un&block A&&B <i>"]
    desk.asked.clear()
    menu.actions()[4].trigger()
    menu.actions()[5].trigger()
    assert desk.asked == [("unmute", "a&b <i>"), ("unblock", "a&b <i>")]
    desk.menus.show_muted([])
    assert labels(desk.menu())[3] == "&Mute A&&B <i>"


def test_who_is_listed_by_name_is_let_back_in_by_that_name(desk: Desk) -> None:
    # GIVEN a viewer whose login says nothing of the name that the lists have
    line = replace(message(1, "hi", name="月亮茶"), login="moontea")
    row = ChatRow(row_key(line), line.name, line.text, "id", 0.0, line)
    desk.menus.show_muted(["月亮茶"])
    desk.config.rules.blocked_users = ["anna", "月亮茶", "MoonTea"]
    desk.config.casting.users = {"@月亮茶": "starter-en"}
    desk.config.words.nicknames = {"月亮茶": "Moon"}
    desk.menus.nickname_wanted.connect(lambda *args: desk.asked.append(("wanted", *args)))
    menu = desk.menu(row)
    for action in menu.actions()[4:8]:
        action.trigger()
    assert desk.asked == [
        ("unmute", "月亮茶"),
        ("unblock", "moontea"),
        ("unblock", "月亮茶"),
        ("wanted", "月亮茶", "月亮茶"),
    ]
    voices = menu.findChildren(QMenu)[0]
    assert next(a for a in voices.actions() if a.isChecked()).text() != "&As the rules say"
    voices.actions()[0].trigger()
    assert desk.asked[-1] == ("casting", "月亮茶", "")
    # AND the keys do what the menu writes beside them
    desk.asked.clear()
    assert row.person is not None
    desk.menus.toggle_mute(row.person)
    desk.menus.toggle_block(row.person)
    desk.menus.show_muted([])
    desk.menus.toggle_mute(row.person)
    assert [asked[0] for asked in desk.asked] == ["unmute", "unblock", "unblock", "mute"]


def test_who_wrote_what_was_removed_can_be_blocked(desk: Desk) -> None:
    row = row_of()
    row.update(RowChange(row.key, removed=Reason.MESSAGE_DELETED))
    assert row.message is None
    item(desk.menu(row), "Block AB <i>").trigger()
    assert desk.asked == [("block", "a&b <i>")]


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (OutcomeState.REMOVED, Reason.MESSAGE_DELETED),
        (OutcomeState.REFUSED, Reason.PRIVATE_WORD),
    ],
)
def test_a_text_that_is_hidden_is_neither_said_nor_copied(
    desk: Desk, state: OutcomeState, reason: Reason
) -> None:
    actions = desk.menu(row_of(state, reason)).actions()
    assert [action.isEnabled() for action in actions[:3]] == [False] * 3


def test_a_line_of_your_own_has_no_author_to_mute(desk: Desk) -> None:
    own = ChatRow(("", "", "say-1"), "", "my line", "", 0.0, lane=Lane.STREAMER)
    menu = desk.menu(own)
    assert labels(menu) == ["&Read this", "&Copy", "Copy &text"]
    menu.actions()[0].trigger()
    assert desk.asked == [("say", "my line")]


def test_an_announcement_without_a_name_has_nobody_either(desk: Desk) -> None:
    notice = Notice("n", "twitch", "room", "announcement", "x")
    row = ChatRow(row_key(notice), "", "x", "", 0.0, notice=notice, announced=True)
    assert len(labels(desk.menu(row))) == 3


def test_a_voice_is_chosen_from_those_there_are(desk: Desk) -> None:
    state = VoiceState.of(SpeechConfig(), HostState(HostPhase.OFF), STARTERS)
    desk.feed.post_voice(state)
    desk.feed.flush()
    desk.config.casting.users = {"@A&B <i>": "gone"}
    voices, embedded = desk.menu().findChildren(QMenu)
    assert labels(voices) == [
        "&As the rules say",
        *(voice.name for voice in STARTERS),
        "&Embedded",
        "gone (missing)",
    ]
    assert [a.text() for a in voices.actions() if a.isChecked()] == ["gone (missing)"]
    item(voices, STARTERS[0].name).trigger()
    item(voices, "As the rules say").trigger()
    embedded.actions()[0].trigger()
    assert [asked[2] for asked in desk.asked] == [STARTERS[0].id, "", "espeak-en"]
    assert {asked[:2] for asked in desk.asked} == {("casting", "a&b <i>")}


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> MainWindow:
    desk.config.words.nicknames = {"@ANNA": "Annie"}
    window = MainWindow(desk.feed, desk.commands, desk.config, lambda: False)
    qtbot.addWidget(window, before_close_func=lambda window: window.leave())
    window.show()
    return window


def test_the_window_asks_for_the_nickname_and_shows_the_present_one(
    desk: Desk, window: MainWindow
) -> None:
    window._menus.nickname_wanted.emit("anna", "Anna <b>")
    dialog = window.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    assert "Anna <b>" in dialog.labelText()
    formats = {label.textFormat() for label in dialog.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    assert dialog.textValue() == "Annie"
    dialog.setTextValue("  The boss ")
    dialog.accept()
    assert desk.asked == [("nickname", "anna", "The boss")]


def test_the_list_opens_the_menu_and_its_keys_do_the_same(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.feed.post_message(LINE)
    desk.feed.flush()
    chat = window.findChild(ChatView)
    assert chat is not None
    qtbot.waitUntil(lambda: chat.visualRect(chat.model().index(0, 0)).isValid())
    chat.setCurrentIndex(chat.model().index(0, 0))
    # WHEN the menu is asked for by its key
    where = QPoint(0, 0)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(chat.viewport(), QContextMenuEvent(reason, where, where))
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    qtbot.keyClick(menu, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    # THEN the key without the menu asks for the same
    qtbot.keyClick(chat, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(chat, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(chat, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    login = "a&b <i>"
    assert desk.asked == [("mute", login), ("mute", login), ("block", login), ("undo",)]


def test_a_name_with_a_private_word_in_it_is_nowhere_to_be_seen(
    desk: Desk, window: MainWindow
) -> None:
    hill = message(1, "hi", name="HillSchool_Bob")
    desk.feed.post_message(hill)
    desk.feed.flush()
    chat = window.findChild(ChatView)
    assert chat is not None
    index = chat.model().index(0, 0)
    assert index.data(ChatRole.NAME) == window.name_of("hillschool_bob") == "HillSchool_Bob"
    # WHEN its word becomes a private one
    desk.commands.change_reading({"private": PrivateConfig(words=["Hill School"])})
    assert index.data(ChatRole.NAME) == window.name_of("hillschool_bob") == "name hidden"
    # THEN it isn't in the menu either, which mutes its bearer all the same
    chat.menu_requested.disconnect()
    menus: list[QMenu] = []
    chat.menu_requested.connect(
        lambda row, name, _: menus.append(desk.menus.menu_for(row, name, desk.parent))
    )
    where = QPoint(2, chat.visualRect(index).center().y())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, where)
    QApplication.sendEvent(chat.viewport(), event)
    said = " ".join(labels(menus[0]))
    assert "Mute name hidden" in said.replace("&", "")
    assert "Hill" not in said
    item(menus[0], "Mute name hidden").trigger()
    assert desk.asked[-1] == ("mute", "hillschool_bob")
