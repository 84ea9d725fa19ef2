"""Who speaks, in one value: what the window shows of it and what programs are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.config import SpeechConfig
from ishowtts_desktop.desktop.status_bar import StatusBar
from ishowtts_desktop.desktop.voice_state import VoiceState
from ishowtts_desktop.speech.f5.phrases import PhraseStats
from ishowtts_desktop.speech.hosted import HostPhase, HostState

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

F5 = SpeechConfig(engine="f5", preset="turbo")


def test_what_the_phrase_cache_did_is_shown_and_told(qtbot: QtBot) -> None:
    stats = PhraseStats(hits=3, misses=7, bytes=1_500_000, limit=32_000_000)
    state = VoiceState.of(F5, HostState(HostPhase.READY), (), stats)
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_voice(state)
    assert "3 of 10" in bar._voice.toolTip()
    assert "1.5 of 32.0 MB" in bar._voice.accessibleDescription()
    told = state.as_json()
    assert (told["phrase_hits"], told["phrase_misses"]) == (3, 7)
    # WHEN nothing is kept THEN nothing is said of it
    bar.show_voice(VoiceState.of(F5, HostState(HostPhase.READY), (), PhraseStats(0, 0, 0, 0)))
    assert bar._voice.toolTip() == ""
    assert "phrase_hits" not in VoiceState.of(F5, HostState(HostPhase.OFF)).as_json()
