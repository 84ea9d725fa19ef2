"""The window: what it asks for, what it shows, and how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSlider,
    QWidget,
)

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.core.messages import ConnectionState, Phase
from ishowtts_desktop.core.utterances import OutcomeState
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.banner import MAX_BANNERS, BannerArea
from ishowtts_desktop.desktop.feed import ChatFeed
from ishowtts_desktop.desktop.main_window import MainWindow
from tests.support.desktop import managed, message, outcome, reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


class Desk:
    """A window with all that it needs, and everything it asked for."""

    def __init__(self, qtbot: QtBot, config: Config | None = None, *, tray: bool = False) -> None:
        self.feed = ChatFeed()
        self.commands = Commands()
        self.asked: list[tuple[Any, ...]] = []
        self.tray = tray
        self._note()
        config = config or Config()
        self.window = MainWindow(self.feed, self.commands, config, lambda: self.tray)
        qtbot.addWidget(self.window, before_close_func=lambda window: window.leave())
        self.window.show()
        qtbot.waitExposed(self.window)

    def _note(self) -> None:
        names = [name for name in vars(Commands) if name.endswith("_requested")]
        for name in names:
            self._listen(name)

    def _listen(self, name: str) -> None:
        short = name.removesuffix("_requested")
        getattr(self.commands, name).connect(lambda *args: self.asked.append((short, *args)))

    def button(self, text: str) -> QPushButton:
        buttons = self.window.findChildren(QPushButton)
        return next(b for b in buttons if b.text().replace("&", "") == text)

    def line(self, name: str) -> QLineEdit:
        lines = self.window.findChildren(QLineEdit)
        return next(line for line in lines if line.accessibleName() == name)

    def labels(self) -> str:
        shown = [label for label in self.window.findChildren(QLabel) if label.isVisible()]
        return "\n".join(label.text() for label in shown)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_enter_in_the_channel_field_connects(desk: Desk, qtbot: QtBot) -> None:
    field = desk.line("Channel")
    qtbot.keyClicks(field, "  twitch.tv/forsen ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.asked == [("source", "twitch.tv/forsen")]


def test_the_button_connects_and_disconnects_as_the_state_says(desk: Desk, qtbot: QtBot) -> None:
    desk.line("Channel").setText("forsen")
    qtbot.mouseClick(desk.button("Connect"), Qt.MouseButton.LeftButton)
    desk.feed.post_connection(ConnectionState("twitch", "forsen", Phase.CONNECTED))
    desk.feed.flush()
    assert "Connected: forsen" in desk.labels()
    qtbot.mouseClick(desk.button("Disconnect"), Qt.MouseButton.LeftButton)
    assert desk.asked == [("source", "forsen"), ("disconnect",)]


def test_without_a_channel_the_button_goes_to_the_field(desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(desk.button("Connect"), Qt.MouseButton.LeftButton)
    assert desk.asked == []
    qtbot.waitUntil(lambda: desk.window.focusWidget() is desk.line("Channel"))


def test_a_hostile_detail_of_the_server_stays_plain(desk: Desk) -> None:
    detail = "<b>no</b>\u202e\n" * 100
    desk.feed.post_connection(ConnectionState("irc", "<i>x", Phase.FAILED, detail))
    desk.feed.flush()
    shown = [label for label in desk.window.findChildren(QLabel) if "<b>no" in label.text()]
    assert [label.textFormat() for label in shown] == [Qt.TextFormat.PlainText]
    assert "\u202e" not in shown[0].text()
    assert len(shown[0].text()) < 450


def test_known_sources_are_offered(qtbot: QtBot) -> None:
    config = Config()
    config.source.recent = ["twitch://forsen", "twitch://xqc"]
    desk = Desk(qtbot, config)
    completer = desk.line("Channel").completer()
    completer.setCompletionPrefix("xq")
    assert completer.currentCompletion() == "twitch://xqc"
    desk.window.show_recent(["irc://h:6667/a"])
    completer.setCompletionPrefix("6667")
    assert completer.currentCompletion() == "irc://h:6667/a"


def test_the_first_steps_ask_for_the_right_things(desk: Desk, qtbot: QtBot) -> None:
    for text in ("Pick a channel", "Hear a voice", "Try the demo chat"):
        qtbot.mouseClick(desk.button(text), Qt.MouseButton.LeftButton)
    assert desk.asked == [("voice",), ("source", "demo://")]
    assert desk.line("Channel").text() == "demo://"


def test_the_first_steps_give_way_to_the_chat(desk: Desk) -> None:
    desk.feed.post_connection(ConnectionState("twitch", "forsen", Phase.CONNECTED))
    desk.feed.flush()
    assert "Listening to forsen" in desk.labels()
    assert not desk.button("Try the demo chat").isVisible()
    desk.feed.post_message(message(1))
    desk.feed.flush()
    chat = desk.window.findChild(QListView)
    assert chat is not None
    assert chat.isVisible()


def test_the_reading_buttons_follow_the_reader(desk: Desk, qtbot: QtBot) -> None:
    def press(text: str) -> None:
        qtbot.mouseClick(desk.button(text), Qt.MouseButton.LeftButton)

    press("Skip")
    press("Clear queue")
    assert desk.asked == []  # nothing to skip or clear
    press("Stop reading")
    press("Pause")
    desk.feed.post_reader(reader(reading=False, paused=True, speaking="x", queued=2))
    desk.feed.flush()
    press("Start reading")
    press("Resume")
    press("Skip")
    press("Clear queue")
    assert desk.asked == [
        ("reading", False),
        ("pause", True),
        ("reading", True),
        ("pause", False),
        ("skip",),
        ("clear",),
    ]


def test_the_volume_is_asked_for_and_shown_without_asking_again(desk: Desk) -> None:
    slider = desk.window.findChild(QSlider)
    assert slider is not None
    assert slider.value() == 80
    slider.setValue(35)
    desk.window.show_volume(0.5)
    assert desk.asked == [("volume", 0.35)]
    assert slider.value() == 50


def test_enter_says_the_line_and_up_brings_it_back(desk: Desk, qtbot: QtBot) -> None:
    line = desk.line("Line to say")
    for text in ("first", "second", "   "):
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.asked == [("say", "first"), ("say", "second")]
    line.setText("draft")
    seen = []
    keys = Qt.Key
    for key in (keys.Key_Up, keys.Key_Up, keys.Key_Up, keys.Key_Down, keys.Key_Down, keys.Key_Down):
        qtbot.keyClick(line, key)
        seen.append(line.text())
    assert seen == ["second", "first", "first", "second", "draft", "draft"]


def test_the_status_bar_tells_what_is_spoken_what_waits_and_how_quick(desk: Desk) -> None:
    assert "Nothing waits" in desk.labels()
    desk.feed.post_reader(reader(speaking="hello <b>you</b>", queued=3, seconds=12.4))
    desk.feed.post_latency(0.42, 1.31)
    desk.feed.flush()
    text = desk.labels()
    assert "Speaking: hello <b>you</b>" in text
    assert "3 waiting, 12 s" in text
    assert "Chat to sound: 420 ms, 95 % within 1.3 s" in text
    desk.feed.post_reader(reader(paused=True))
    desk.feed.flush()
    assert "Paused" in desk.labels()


def test_banners_take_each_others_place_by_key_and_can_be_closed(desk: Desk, qtbot: QtBot) -> None:
    area = desk.window.findChild(BannerArea)
    assert area is not None
    assert not area.isVisible()
    desk.feed.post_problem(AudioError("The <b>headset</b> is gone.", "Plug it in."), "audio")
    desk.feed.post_problem(AudioError("Something else."), "other")
    desk.feed.flush()
    desk.feed.post_problem(AudioError("The headset is still gone."), "audio")
    desk.feed.flush()
    assert area.keys == ("audio", "other")
    assert "The headset is still gone." in desk.labels()
    assert "Plug it in." not in desk.labels()

    def close_buttons() -> list[QAbstractButton]:
        return [b for b in area.findChildren(QAbstractButton) if b.isVisible()]

    qtbot.waitUntil(lambda: len(close_buttons()) == 2)
    qtbot.mouseClick(close_buttons()[0], Qt.MouseButton.LeftButton)
    assert area.keys == ("other",)
    desk.feed.post_solved("other")
    desk.feed.flush()
    assert not area.isVisible()
    for number in range(10):
        desk.feed.post_problem(AudioError(str(number)))
    desk.feed.flush()
    assert len(area.keys) == MAX_BANNERS


def test_closing_hides_to_the_tray_where_there_is_one(desk: Desk, qtbot: QtBot) -> None:
    desk.tray = True
    qtbot.waitUntil(desk.window.isActiveWindow)
    with qtbot.waitSignals([desk.window.hidden_to_tray, desk.window.geometry_changed]):
        desk.window.close()
    assert not desk.window.isVisible()
    assert desk.asked == []
    # A window manager that still takes it down would not give it the focus.
    qtbot.waitUntil(lambda: not managed(desk.window))
    # Qt believes the window active for a moment longer, and would not tell it of a change then.
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is None)
    desk.window.bring_to_front()
    qtbot.waitUntil(desk.window.isActiveWindow)


def test_closing_quits_where_there_is_no_tray(desk: Desk) -> None:
    desk.window.close()
    assert desk.asked == [("quit",)]


def test_the_geometry_comes_back(desk: Desk, qtbot: QtBot) -> None:
    desk.window.resize(700, 555)
    qtbot.waitUntil(lambda: desk.window.size().height() == 555)
    config = Config()
    config.window.geometry = desk.window.geometry_text()
    assert Desk(qtbot, config).window.size() == desk.window.size()


@pytest.mark.parametrize("geometry", ["", "%%%", "AAAA", "é", "x" * 5000])
def test_a_spoilt_geometry_gives_a_usable_window(qtbot: QtBot, geometry: str) -> None:
    config = Config()
    config.window.geometry = geometry
    window = Desk(qtbot, config).window
    assert window.width() > 300
    assert window.height() > 300


def focusable(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QListView, QSlider, QComboBox)
    widgets = [w for w in window.findChildren(QWidget) if isinstance(w, kinds)]
    return [
        w for w in widgets if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.window() is window
    ]


def test_everything_focusable_has_a_name(desk: Desk) -> None:
    desk.feed.post_problem(AudioError("gone"))
    desk.feed.flush()
    widgets = focusable(desk.window)
    assert len(widgets) >= 13
    for widget in widgets:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, widget


@pytest.mark.parametrize("phase", [Phase.FAILED, Phase.RETRYING, Phase.CONNECTED])
def test_every_button_has_a_mnemonic_of_its_own(desk: Desk, phase: Phase) -> None:
    desk.feed.post_connection(ConnectionState("twitch", "x", phase))
    desk.feed.flush()
    buttons = [b for b in desk.window.findChildren(QPushButton) if b.isVisible()]
    keys = [b.shortcut().toString() for b in buttons]
    labels = [label for label in desk.window.findChildren(QLabel) if label.buddy() is not None]
    keys += ["Alt+" + label.text().split("&")[1][0].upper() for label in labels]
    assert all(keys), [b.text() for b in buttons if not b.shortcut().toString()]
    assert len(set(keys)) == len(keys), keys


def test_tab_goes_through_the_window_from_top_to_bottom(desk: Desk, qtbot: QtBot) -> None:
    desk.feed.post_message(message(1))
    desk.feed.flush()
    widget: QWidget = desk.line("Channel")
    order = []
    for _ in range(200):
        if widget in focusable(desk.window) and widget.isVisible():
            order.append(widget)
        widget = widget.nextInFocusChain()
    order = order[: len(set(order))]
    tops = [widget.mapTo(desk.window, widget.rect().center()).y() for widget in order]
    assert len(order) >= 9
    assert tops == sorted(tops)


@pytest.mark.parametrize("factor", [0.8, 1.5, 2.5])
def test_nothing_is_cut_off_at_any_font_size(
    desk: Desk, qtbot: QtBot, factor: float, restore_font: Callable[[], None]
) -> None:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    QApplication.setFont(font)
    desk.feed.post_outcome(outcome(message(1, "many words " * 30), OutcomeState.QUEUED))
    desk.feed.flush()
    desk.window.adjustSize()

    def all_fit() -> bool:
        buttons = [b for b in desk.window.findChildren(QPushButton) if b.isVisible()]
        return all(
            button.width() >= button.minimumSizeHint().width()
            and button.height() >= button.fontMetrics().height()
            for button in buttons
        )

    qtbot.waitUntil(all_fit)


@pytest.fixture
def restore_font(qapp: QApplication) -> Any:
    before = QFont(qapp.font())
    yield
    qapp.setFont(before)
