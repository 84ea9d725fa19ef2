"""Which engine speaks: told in words, chosen from a menu, explained when it is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton, QToolButton

from ishowtts_desktop.core.config import Config, SpeechConfig
from ishowtts_desktop.core.errors import AudioError, EngineError, EngineLost, InstanceError
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.banner import MAX_BANNERS, Banner, BannerArea
from ishowtts_desktop.desktop.feed import ChatFeed, Problem
from ishowtts_desktop.desktop.main_window import MainWindow
from ishowtts_desktop.desktop.sentences import voice_sentence
from ishowtts_desktop.desktop.status_bar import StatusBar
from ishowtts_desktop.desktop.tray import Tray
from ishowtts_desktop.desktop.verbs import VerbDispatcher
from ishowtts_desktop.desktop.voice_menu import VoiceMenu
from ishowtts_desktop.desktop.voice_notices import VOICE_PROBLEM, VoiceNotices
from ishowtts_desktop.desktop.voice_state import VoiceState
from ishowtts_desktop.speech.hosted import HostPhase, HostState
from ishowtts_desktop.starters import STARTERS
from ishowtts_desktop.voices.voice import Voice

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

NO_MODEL = EngineError("There is no model.", "Choose one.")
GONE = EngineLost("The GPU stopped answering.", "Restart the application.")
F5 = SpeechConfig(engine="f5", preset="turbo")


def voice(phase: HostPhase, problem: EngineError | None = None, wait: float = 5) -> VoiceState:
    retry_in = wait if phase is HostPhase.FAILED else None
    return VoiceState.of(F5, HostState(phase, problem, retry_in))


class Desk:
    """A feed with notices, a window, a tray, and what was asked of the commands."""

    def __init__(self, qtbot: QtBot) -> None:
        self.feed, self.commands = ChatFeed(), Commands()
        self.notices = VoiceNotices(self.feed)
        self.tray = Tray(self.feed, self.commands)
        self.window = MainWindow(self.feed, self.commands, Config(), lambda: False)
        qtbot.addWidget(self.window, before_close_func=lambda window: window.leave())
        self.window.show()
        self.raised: list[Problem] = []
        self.asked: list[tuple[Any, ...]] = []
        self.feed.problem_raised.connect(self.raised.append)
        asked = ("engine", "voice_choice", "preset", "model", "model_choice", "voices", "models")
        for name in (*asked, "restart"):
            signal = getattr(self.commands, f"{name}_requested")
            signal.connect(lambda *args, name=name: self.asked.append((name, *args)))

    def tell(self, state: VoiceState) -> None:
        self.feed.post_voice(state)
        self.feed.flush()
        self.feed.flush()  # what the notices answered

    @property
    def banners(self) -> tuple[str, ...]:
        area = self.window.findChild(BannerArea)
        assert area is not None
        return area.keys

    def close_banner(self) -> None:
        area = self.window.findChild(BannerArea)
        assert area is not None
        area.dismissed.emit(VOICE_PROBLEM)
        area.solve(VOICE_PROBLEM)
        self.feed.flush()


@pytest.fixture
def desk(qtbot: QtBot) -> Any:
    desk = Desk(qtbot)
    yield desk
    desk.tray.close()


def test_loading_is_a_calm_notice_that_goes_by_itself(desk: Desk) -> None:
    desk.tell(voice(HostPhase.LOADING))
    (notice,) = desk.raised
    assert (notice.message, notice.calm) == ("The F5 voice is loading.", True)
    assert "embedded voice" in notice.advice
    assert desk.banners == (VOICE_PROBLEM,)
    assert desk.tray.state.value == "idle"  # nothing is wrong
    desk.tell(voice(HostPhase.READY))
    assert desk.banners == ()


def test_a_failure_tells_what_to_do_who_speaks_and_when_it_is_tried_again(desk: Desk) -> None:
    desk.tell(voice(HostPhase.LOADING))
    desk.tell(voice(HostPhase.FAILED, NO_MODEL, 10))
    failure = desk.raised[-1]
    assert failure.message == "There is no model."
    assert failure.advice == "Choose one. The embedded voice speaks; the next try is in 10 s."
    assert not failure.calm
    assert desk.tray.state.value == "error"
    # WHEN it is tried again THEN the banner stays until that went well
    desk.tell(voice(HostPhase.LOADING))
    assert desk.raised[-1] is failure
    desk.tell(voice(HostPhase.READY))
    assert (desk.banners, desk.tray.state.value) == ((), "idle")
    desk.tell(voice(HostPhase.LOADING))
    assert desk.raised[-1].calm


def test_a_failure_that_was_closed_comes_back_only_with_another_reason(desk: Desk) -> None:
    desk.tell(voice(HostPhase.FAILED, NO_MODEL))
    desk.close_banner()
    desk.tell(voice(HostPhase.LOADING))
    desk.tell(voice(HostPhase.FAILED, NO_MODEL, 10))
    assert desk.banners == ()
    desk.tell(voice(HostPhase.FAILED, EngineError("It has the wrong shape.")))
    assert desk.banners == (VOICE_PROBLEM,)


def test_one_message_that_failed_is_told_until_one_goes_well(desk: Desk) -> None:
    full = EngineError("The device's memory is full.", "Choose a quicker preset.")
    desk.tell(voice(HostPhase.READY))
    desk.tell(voice(HostPhase.READY, full))
    assert desk.raised[-1].message == "The device's memory is full."
    assert desk.raised[-1].advice == "Choose a quicker preset. The embedded voice said it."
    assert desk.banners == (VOICE_PROBLEM,)
    assert voice(HostPhase.READY, full).as_json()["engine_detail"] == str(full)
    # WHEN the user closed it THEN the same words don't come back
    desk.close_banner()
    desk.tell(voice(HostPhase.READY, full))
    assert desk.banners == ()
    # WHEN a message was spoken THEN all is well, and a failure is news again
    desk.tell(voice(HostPhase.READY))
    desk.tell(voice(HostPhase.READY, full))
    assert desk.banners == (VOICE_PROBLEM,)
    desk.tell(voice(HostPhase.READY))
    assert desk.banners == ()


def test_a_retry_leaves_the_focus_where_it_is(desk: Desk, qtbot: QtBot) -> None:
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.tell(voice(HostPhase.FAILED, NO_MODEL, 5))
    banner = desk.window.findChildren(Banner)[0]
    close = banner.findChildren(QToolButton)[0]
    close.setFocus()
    qtbot.waitUntil(close.hasFocus)
    desk.tell(voice(HostPhase.LOADING))
    desk.tell(voice(HostPhase.FAILED, EngineError("It has the wrong shape."), 10))
    assert close.hasFocus()
    assert banner.accessibleDescription() == "It has the wrong shape."
    assert desk.banners == (VOICE_PROBLEM,)
    # WHEN the remedy is another one THEN it has its button
    desk.tell(voice(HostPhase.LOST, GONE))
    restart = desk.window.findChildren(BannerArea)[0].findChildren(QPushButton)
    assert [button.isVisible() for button in restart].count(True) == 1


def test_a_loss_offers_a_restart(desk: Desk) -> None:
    desk.tell(voice(HostPhase.LOST, GONE))
    assert desk.raised[-1].message == "The GPU stopped answering."
    button = next(
        b for b in desk.window.findChildren(QPushButton) if "Restart" in b.text().replace("&", "")
    )
    assert button.isVisible()
    # AND other problems don't push it out
    for number in range(MAX_BANNERS + 1):
        desk.feed.post_problem(AudioError(str(number)))
    desk.feed.flush()
    assert VOICE_PROBLEM in desk.banners
    button.click()
    assert desk.asked == [("restart",)]


def test_a_banner_without_a_remedy_has_no_button(qtbot: QtBot) -> None:
    banner = Banner(Problem("x", "y"))
    qtbot.addWidget(banner)
    banner.show()
    assert not banner.findChildren(QPushButton)[0].isVisible()
    assert banner.accessibleName() == "Problem"
    calm = Banner(Problem("x", "y", calm=True))
    qtbot.addWidget(calm)
    assert calm.accessibleName() == "Notice"


def test_without_the_other_engine_its_failures_are_nobodys_business(desk: Desk) -> None:
    desk.tell(voice(HostPhase.FAILED, NO_MODEL))
    desk.tell(VoiceState.of(SpeechConfig(), HostState(HostPhase.LOST, GONE)))
    assert desk.banners == ()


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (HostPhase.OFF, "embedded voice"),
        (HostPhase.LOADING, "embedded voice, F5 is loading"),
        (HostPhase.READY, "F5 voice, turbo"),
        (HostPhase.FAILED, "embedded voice, F5 failed"),
        (HostPhase.LOST, "embedded voice, F5 needs a restart"),
        (HostPhase.CLOSED, "embedded voice"),
    ],
)
def test_the_status_bar_and_the_tray_say_who_speaks(
    desk: Desk, phase: HostPhase, words: str
) -> None:
    state = voice(phase, NO_MODEL)
    assert voice_sentence(state) == words
    desk.tell(state)
    bar = desk.window.findChild(StatusBar)
    assert bar is not None
    assert bar._voice.text() == words[0].upper() + words[1:]
    assert desk.tray._icon.toolTip().splitlines()[1] == words


def test_steps_by_number_are_told_as_a_number() -> None:
    state = VoiceState.of(SpeechConfig(engine="f5", nfe=10), HostState(HostPhase.READY))
    assert voice_sentence(state) == "F5 voice, 10 steps"
    assert (state.as_json()["preset"], state.as_json()["nfe"]) == ("", 10)


@pytest.mark.parametrize(
    ("speech", "told"),
    [
        (SpeechConfig(engine="f5", nfe=8), True),
        (SpeechConfig(engine="f5", nfe=16), False),
        (SpeechConfig(engine="f5", preset="studio"), False),
        (SpeechConfig(engine="espeak", nfe=8), False),
    ],
)
def test_steps_that_nobody_optimised_are_told(desk: Desk, speech: SpeechConfig, told: bool) -> None:
    state = VoiceState.of(speech, HostState(HostPhase.READY))
    desk.tell(state)
    bar = desk.window.findChild(StatusBar)
    assert bar is not None
    assert ("not an optimised number" in bar._voice.text()) is told
    assert ("5, 6, 7, 10, 12, 16 steps" in bar._voice.toolTip()) is told
    assert bar._voice.accessibleDescription() == bar._voice.toolTip()


def test_a_voice_that_becomes_quicker_still_is_told(desk: Desk) -> None:
    speech = SpeechConfig(engine="f5")
    bar = desk.window.findChild(StatusBar)
    assert bar is not None
    for warming in (True, False):
        desk.tell(VoiceState.of(speech, HostState(HostPhase.READY, warming=warming)))
        assert ("warming up" in bar._voice.text()) is warming


def entries(menu: VoiceMenu) -> dict[str, bool]:
    plain = {a.text().replace("&", ""): a.isChecked() for a in menu.actions()}
    plain.pop("")
    return plain


def test_the_menu_shows_and_asks_for_engine_quality_and_model(desk: Desk) -> None:
    for menu in (desk.window.findChild(VoiceMenu), desk.tray._voices):
        assert menu is not None
        desk.asked.clear()
        desk.tell(voice(HostPhase.LOADING))
        marked = [text for text, checked in entries(menu).items() if checked]
        assert marked == ["F5, cloned", "turbo"]
        for text in ("Embedded", "studio", "F5 model by hand..."):
            next(a for a in menu.actions() if a.text().replace("&", "") == text).trigger()
        assert desk.asked == [("engine", "espeak"), ("preset", "studio"), ("model_choice",)]
        # WHEN nothing of it came about THEN the marks say so
        desk.tell(voice(HostPhase.LOADING))
        assert [text for text, checked in entries(menu).items() if checked] == marked


def test_the_menu_lists_the_cloned_voices_and_marks_the_chosen_one(desk: Desk) -> None:
    mina = Voice(id="mina", name="Mina & <b>Co</b>")
    chosen = F5.model_copy(update={"voice": "mina"})
    state = VoiceState.of(chosen, HostState(HostPhase.READY), (*STARTERS, mina))
    for menu in (desk.window.findChild(VoiceMenu), desk.tray._voices):
        assert menu is not None
        desk.asked.clear()
        desk.tell(state)
        marked = [text for text, checked in entries(menu).items() if checked]
        assert marked == ["Mina  <b>Co</b>", "turbo"]
        for text in ("Starter, English", "Mina  <b>Co</b>", "Manage voices...", "Manage models..."):
            next(a for a in menu.actions() if a.text().replace("&", "") == text).trigger()
        assert desk.asked == [
            ("voice_choice", "starter-en"),
            ("voice_choice", "mina"),
            ("voices",),
            ("models",),
        ]
        # WHEN the voice is removed THEN it is gone from the menu, and no mark lies
        desk.tell(VoiceState.of(chosen, HostState(HostPhase.READY), STARTERS))
        assert "Mina  <b>Co</b>" not in entries(menu)
        assert [text for text, checked in entries(menu).items() if checked] == [
            "F5, cloned",
            "turbo",
        ]
    assert "Mina" in voice_sentence(state)


def test_clicking_what_is_marked_leaves_the_mark(desk: Desk) -> None:
    for menu in (desk.window.findChild(VoiceMenu), desk.tray._voices):
        assert menu is not None
        desk.tell(voice(HostPhase.READY))
        before = entries(menu)
        assert before["turbo"]
        for text in ("F5, cloned", "turbo"):
            next(a for a in menu.actions() if a.text().replace("&", "") == text).trigger()
            assert entries(menu) == before


def test_the_folder_of_the_model_is_asked_for(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.window.hide()
    desk.commands.choose_model()
    dialog = desk.window.findChild(QFileDialog)
    assert dialog is not None
    assert desk.window.isVisible()
    dialog.fileSelected.emit(str(tmp_path))
    assert ("model", str(tmp_path)) in desk.asked
    dialog.reject()


def test_verbs_choose_and_refuse_names_that_nothing_has(desk: Desk) -> None:
    dispatcher = VerbDispatcher(desk.commands, dict, lambda: ["starter-en"], lambda _: {}, bool)
    for verb, name in (
        ("engine", "f5"),
        ("voice", "starter-en"),
        ("preset", "balanced"),
        ("model", "/a folder"),
    ):
        assert dispatcher.run(verb, [name]) == {}
    dispatcher.run("restart", [])
    assert desk.asked == [
        ("engine", "f5"),
        ("voice_choice", "starter-en"),
        ("preset", "balanced"),
        ("model", "/a folder"),
        ("restart",),
    ]
    for verb, name in (("engine", "remote"), ("preset", "f5"), ("voice", "nobody")):
        with pytest.raises(InstanceError, match=f"There is no {verb}"):
            dispatcher.run(verb, [name])
