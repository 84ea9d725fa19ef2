"""What changed settings have against what waits and sounds already.

A notice is judged by what is said of it and told anew where that changes: it was paid for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Lane, Reason
from ishowtts_desktop.reading import announcing, notices
from ishowtts_desktop.reading.announcing import FORBIDDEN
from ishowtts_desktop.reading.text.prepare import Prepared

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.utterances import Utterance
    from ishowtts_desktop.reading.rules.rules import Rules
    from ishowtts_desktop.reading.text.prepare import Preparation


class Judgement:
    """Made for one change of settings, because it remembers: a crowd of thousands says the same.

    ``language`` is that of the chat, ``most`` the seconds that one utterance may take.
    """

    def __init__(self, rules: Rules, preparation: Preparation, language: str, most: float) -> None:
        self._rules = rules
        self._preparation = preparation
        self._language = language
        self._most = most
        self._known: dict[tuple[object, ...], Prepared | Reason] = {}

    def forbidden(self, utterance: Utterance) -> Reason | None:
        """Return why a single utterance that waits isn't said any more, or None."""
        message = notices.written_by(utterance)
        if message is None or utterance.lane is Lane.STREAMER:
            return None
        reason = self._rules.refuse(message)
        if reason not in FORBIDDEN:
            ours = utterance.notice is not None or utterance.announces
            reason = self._unsaid(message, utterance.text) if ours else self._words_of(message)
        return reason if reason in FORBIDDEN else None

    def unsaid(self, said: Utterance) -> Reason | None:
        """Return what speaks against what sounds, its name as well, or None."""
        message = notices.written_by(said)
        if message is None or said.lane is Lane.STREAMER:
            return None
        reason = self._unsaid(message, said.text)
        return reason if reason in FORBIDDEN else None

    def revised(self, utterance: Utterance) -> Utterance:
        """Return a single utterance as it is told now; itself where nothing changes."""
        message = notices.written_by(utterance)
        if message is None or not (utterance.notice or utterance.announces):
            return utterance
        if utterance.lane is Lane.STREAMER:
            return utterance
        called = self._preparation.called(message)
        notice = utterance.notice
        added: Prepared | Reason = Reason.NOTHING_TO_SAY
        if notice is not None:
            notice, added = announcing.looked_at(notice, self._preparation)
        fine = self._unsaid(message, utterance.text) not in FORBIDDEN
        if fine and (called, notice) == (utterance.called, utterance.notice):
            return utterance
        told = (
            announcing.of_notice(notice, self._preparation, self._language)
            if notice is not None
            else announcing.of_payment(message, self._preparation, self._language)
        )
        if isinstance(told, Reason):
            return utterance
        if isinstance(added, Prepared) and added.text in utterance.text:
            told = announcing.with_added(told, added, self._most)
        return replace(
            utterance,
            text=told.text,
            language=told.language,
            seconds=told.seconds,
            notice=notice,
            called=called,
        )

    def _unsaid(self, message: ChatMessage, text: str) -> Reason | None:
        return announcing.unsaid(message, text, self._preparation)

    def _words_of(self, message: ChatMessage) -> Reason | None:
        place = (message.source, message.channel, message.channel_id)
        key = (*place, message.text, message.emotes, message.reply_to is None, message.bits)
        if key not in self._known:
            self._known[key] = self._preparation.prepare(message)
        found = self._known[key]
        return found if isinstance(found, Reason) else None
