"""The intake: what a message, a notice or the streamer's line becomes, or why it isn't said.

Preparing is most of the work and needs no lock: `prepare` may be called from any thread. The rest
is called by the conductor under its lock.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import replace
from typing import TYPE_CHECKING

from ishowtts_desktop.core.messages import ChatMessage, Notice
from ishowtts_desktop.core.utterances import Lane, Reason, Utterance
from ishowtts_desktop.reading import notices
from ishowtts_desktop.reading.queue.policy import PROTECTED
from ishowtts_desktop.reading.removals import RemovalMemory, reason_of
from ishowtts_desktop.reading.rules.people import author_of
from ishowtts_desktop.reading.text.prepare import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.messages import Removal
    from ishowtts_desktop.reading.casting import Casting
    from ishowtts_desktop.reading.ledger import Source
    from ishowtts_desktop.reading.rules.rules import Rules
    from ishowtts_desktop.reading.text.prepare import Preparation

_LANGUAGES_KEPT = 20
_FORBIDDEN = (Reason.BLOCKED_USER, Reason.BLOCKED_WORD, Reason.PRIVATE_WORD)


class Intake:
    """Makes utterances. Without a ``casting`` everybody has the chosen voice."""

    def __init__(
        self,
        rules: Rules,
        preparation: Preparation,
        config: Config,
        casting: Casting | None = None,
    ) -> None:
        self._rules = rules
        self._casting = casting
        self._removals = RemovalMemory()
        self._gifts = notices.GiftMemory()
        self._languages: deque[str] = deque(maxlen=_LANGUAGES_KEPT)
        self._preparation = preparation
        self._config = config

    def use(self, config: Config, preparation: Preparation) -> None:
        """Go by other settings from now on; what is remembered stays."""
        self._config = config
        self._preparation = preparation
        self._rules.use(config.rules, read_shared_chat=config.reading.read_shared_chat)
        if self._casting is not None:
            self._casting.use(config.casting)

    @property
    def language(self) -> str:
        """The language of the chat lately, English before anybody wrote."""
        return max(Counter(self._languages).items(), key=lambda each: each[1], default=("en", 0))[0]

    # Without the lock.

    def prepare(self, message: ChatMessage, *, selected: bool = False) -> Prepared | Reason:
        """Return what is said of ``message`` as far as its text decides that."""
        return self._preparation.prepare(message, selected=selected)

    def prepare_own(self, text: str) -> Prepared | Reason:
        """Return what is said of the streamer's own line."""
        return self._preparation.prepare_own(text)

    # Under the lock.

    def of_message(
        self, message: ChatMessage, prepared: Prepared | Reason, now: float, *, reading: bool
    ) -> Utterance | Reason:
        """Return what is queued for a message at ``now``, under its own id, or why nothing is."""
        # Whatever else is to be said of a private word: nothing keeps a text with that reason.
        if prepared is Reason.PRIVATE_WORD:
            return prepared
        refused = self._rules.refuse(message, reading=reading) or self._choice(message)
        if refused:
            return refused
        if isinstance(prepared, Reason):
            return prepared
        # Before it is let pass: from then on the author isn't new any more.
        lane = self._rules.lane(message)
        refused = self._rules.refuse_text(message, prepared, now)
        if refused:
            return refused
        self._languages.append(prepared.language)
        return replace(
            self._utterance(message, prepared, lane, now),
            message=message,
            author=author_of(message),
            key=prepared.key,
        )

    def of_picked(
        self, message: ChatMessage, prepared: Prepared | Reason, now: float
    ) -> Utterance | Reason:
        """Return what is queued for a message that the streamer picked: the rules don't matter."""
        if isinstance(prepared, Reason):
            return prepared
        return replace(self._utterance(message, prepared, Lane.STREAMER, now), message=message)

    def of_own(self, prepared: Prepared | Reason, voice: str, now: float) -> Utterance | Reason:
        """Return what is queued for the streamer's own line, in ``voice``."""
        if isinstance(prepared, Reason):
            return prepared
        text, language, seconds = prepared.text, prepared.language, prepared.seconds
        return Utterance("", text, language, seconds, Lane.STREAMER, now, None, voice)

    def of_notice(
        self, notice: Notice, added: Prepared | Reason, now: float, *, reading: bool
    ) -> Utterance | Reason:
        """Return what is queued for a notice; ``added`` is what its author wrote to it."""
        message = notices.as_message(notice)
        lane = notices.lane_of(notice) or Lane.NORMAL
        author = author_of(message)
        if self._gifts.told_before(notice, author, now):
            return Reason.REPEATED
        refused = self._rules.refuse(message, reading=reading)
        if refused:
            return refused
        announced = self._announced(notice, message)
        if isinstance(announced, Reason):
            return announced
        unfit = added if isinstance(added, Reason) else None
        if isinstance(added, Prepared):
            unfit = self._rules.refuse_text(message, added, now)
        if unfit and notices.is_all_text(notice):
            return unfit
        if isinstance(added, Prepared) and not unfit:
            announced = self._with(announced, added)
        return replace(
            self._utterance(message, announced, lane, now),
            notice=notice,
            author=author,
            called=self._preparation.called(message),
            key=notices.combo_key(notice, author),
        )

    def summary(self, text: str, language: str, now: float) -> Utterance | None:
        """Return what tells how much was skipped."""
        prepared = self._preparation.prepare_own(text)
        if isinstance(prepared, Reason):
            return None
        expires_at = now + self._config.reading.time_to_live
        return Utterance(
            "", prepared.text, language, prepared.seconds, Lane.NORMAL, now, expires_at
        )

    # Who mustn't be heard any more; each is asked about single utterances.

    def removed(self, source: Source) -> Reason | None:
        """Return why a moderator took ``source`` back, or None."""
        message = notices.as_message(source) if isinstance(source, Notice) else source
        return None if isinstance(message, str) else self._removals.reason_for(message)

    def taken_back(self, removal: Removal, now: float) -> Callable[[Utterance], Reason | None]:
        """Remember ``removal``; return what has a reason against all that it takes back."""
        self._removals.remember(removal, now)
        reason = reason_of(removal)

        def verdict(utterance: Utterance) -> Reason | None:
            message = notices.written_by(utterance)
            return reason if message is not None and removal.matches(message) else None

        return verdict

    def not_reading(self, utterance: Utterance) -> Reason | None:
        """Return a reason against all but the streamer's own."""
        return None if utterance.lane is Lane.STREAMER else Reason.NOT_READING

    def muted(self, utterance: Utterance) -> Reason | None:
        """Return a reason against what the muted wrote and the streamer didn't pick."""
        message = notices.written_by(utterance)
        if message is None or utterance.lane is Lane.STREAMER:
            return None
        return Reason.MUTED if self._rules.muted(message) else None

    def forbidden(self, utterance: Utterance) -> Reason | None:
        """Return a reason against what the rules of now forbid."""
        message = notices.written_by(utterance)
        if message is None or utterance.lane is Lane.STREAMER:
            return None
        reasons = (self._rules.refuse(message), self._preparation.prepare(message))
        return next((reason for reason in reasons if reason in _FORBIDDEN), None)

    def _announced(self, notice: Notice, message: ChatMessage) -> Prepared | Reason:
        """Return the sentence for a notice, without the recipient's name where that can't be."""
        called = self._preparation.called(message)
        prepared: Prepared | Reason = Reason.NOTHING_TO_SAY
        for each in dict.fromkeys((notice, notices.without_recipient(notice))):
            text = notices.sentence(each, called, self.language)
            prepared = self._preparation.prepare(replace(message, text=text, emotes=(), bits=0))
            if not isinstance(prepared, Reason):
                break
        return prepared

    def _with(self, announced: Prepared, added: Prepared) -> Prepared:
        text = f"{announced.text} {added.text}"
        seconds = announced.seconds + added.seconds
        return replace(
            announced, text=text, seconds=min(seconds, self._config.reading.queue_seconds)
        )

    def _choice(self, message: ChatMessage) -> Reason | None:
        """Return whether ``message`` chooses a voice, and how that went."""
        return self._casting.command(message) if self._casting is not None else None

    def _utterance(
        self, message: ChatMessage, prepared: Prepared, lane: Lane, now: float
    ) -> Utterance:
        casting = self._casting
        stays = lane in PROTECTED
        return Utterance(
            id=message.id,
            text=prepared.text,
            language=prepared.language,
            seconds=prepared.seconds,
            lane=lane,
            created_at=now,
            expires_at=None if stays else now + self._config.reading.time_to_live,
            voice=casting.voice_for(message, prepared.language) if casting is not None else "",
        )
