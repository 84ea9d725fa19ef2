"""Tells when another voice than the chosen one speaks: why, and when that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from ishowtts_desktop.core.errors import IshowttsError
from ishowtts_desktop.desktop.feed import Remedy
from ishowtts_desktop.speech.hosted import HostPhase

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.desktop.voice_state import VoiceState
    from ishowtts_desktop.speech.hosted import HostState

VOICE_PROBLEM: Final = "voice"


class VoiceNotices(QObject):
    """Posts banners to the feed that tells it of the voice; takes them away when all is well.

    One that the user closed comes back only with something new in it.
    """

    def __init__(self, feed: ChatFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self._told = ""
        self._shown = False
        feed.voice_changed.connect(self.show_voice)
        feed.problem_solved.connect(self._note_solved)

    @Slot(object)
    def show_voice(self, voice: VoiceState) -> None:
        """Tell what is to be told of ``voice``."""
        phase = voice.host.phase
        if phase is HostPhase.LOADING:
            self._tell_loading()
        elif phase is HostPhase.FAILED:
            self._tell_failed(voice.host)
        elif phase is HostPhase.LOST:
            self._tell_lost(voice.host)
        elif phase is HostPhase.READY and voice.host.problem is not None:
            self._tell_missed(voice.host)
        else:
            self._told, self._shown = "", False
            self._feed.post_solved(VOICE_PROBLEM)

    def _tell_loading(self) -> None:
        if self._told:  # a failure, until the next try went well
            return
        notice = IshowttsError(
            self.tr("The F5 voice is loading."), self.tr("The embedded voice speaks meanwhile.")
        )
        self._feed.post_problem(notice, VOICE_PROBLEM, calm=True)

    def _tell_failed(self, host: HostState) -> None:
        message, advice = _words(host)
        if message == self._told and not self._shown:
            return
        wait = self.tr("The embedded voice speaks meanwhile.")
        if host.retry_in is not None:
            again = self.tr("The embedded voice speaks; the next try is in {seconds} s.")
            wait = again.format(seconds=round(host.retry_in))
        self._post(message, f"{advice} {wait}".strip())

    def _tell_missed(self, host: HostState) -> None:
        message, advice = _words(host)
        if message == self._told and not self._shown:
            return
        self._post(message, f"{advice} {self.tr('The embedded voice said it.')}".strip())

    def _tell_lost(self, host: HostState) -> None:
        message, _ = _words(host)
        if message == self._told and not self._shown:
            return
        advice = self.tr("The embedded voice speaks. The F5 voice comes back with a restart.")
        self._post(message, advice, Remedy.RESTART)

    def _post(self, message: str, advice: str, remedy: Remedy | None = None) -> None:
        self._told, self._shown = message, True
        self._feed.post_problem(IshowttsError(message, advice), VOICE_PROBLEM, remedy=remedy)

    @Slot(str)
    def _note_solved(self, key: str) -> None:
        if key == VOICE_PROBLEM:
            self._shown = False


def _words(host: HostState) -> tuple[str, str]:
    return ("", "") if host.problem is None else (host.problem.message, host.problem.advice)
