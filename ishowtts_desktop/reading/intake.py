"""The intake: what a message, a notice or the streamer's line becomes, or why it isn't said.

Drafting is most of the work and needs no lock: any thread may do it. The rest is called by the
conductor under its lock.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from ishowtts_desktop.core.messages import ChatMessage, Notice
from ishowtts_desktop.core.utterances import Lane, Reason, Utterance
from ishowtts_desktop.reading import announcing, notices
from ishowtts_desktop.reading.announcing import WORDLESS, Announcement
from ishowtts_desktop.reading.drafts import Draft
from ishowtts_desktop.reading.judgement import Judgement
from ishowtts_desktop.reading.queue.policy import PROTECTED
from ishowtts_desktop.reading.removals import RemovalMemory, reason_of
from ishowtts_desktop.reading.rules.people import author_of
from ishowtts_desktop.reading.text.prepare import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.messages import Removal
    from ishowtts_desktop.reading.casting import Casting
    from ishowtts_desktop.reading.ledger import Source
    from ishowtts_desktop.reading.rules.rules import Rules
    from ishowtts_desktop.reading.text.prepare import Preparation

_Made = TypeVar("_Made")
_LANGUAGES_KEPT = 20


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
        # A plain string: what is drafted without the lock may look at it.
        self._lately = ""
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
        return self._lately or "en"

    # Without the lock.

    def draft(self, message: ChatMessage, *, selected: bool = False) -> Draft[Prepared | Reason]:
        """Return what is said of ``message`` as far as its text decides that."""
        hint = self._lately
        return Draft.of(
            self._preparation, lambda by: by.prepare(message, selected=selected, hint=hint)
        )

    def draft_own(self, text: str) -> Draft[Prepared | Reason]:
        """Return what is said of the streamer's own line."""
        hint = self._lately
        return Draft.of(self._preparation, lambda by: by.prepare_own(text, hint=hint))

    def draft_notice(self, notice: Notice) -> Draft[Announcement]:
        """Return what of ``notice`` may be kept, and what is said of its author's text."""
        hint = self._lately
        return Draft.of(self._preparation, lambda by: announcing.looked_at(notice, by, hint))

    def private(self, message: ChatMessage) -> bool:
        """Tell whether a private word is in ``message``; quick where there are none."""
        if not self._config.private.words:
            return False
        return self._preparation.prepare(message) is Reason.PRIVATE_WORD

    # Under the lock. ``silence`` is why nothing at all is said now, if so.

    def settle(self, draft: Draft[_Made]) -> _Made:
        """Return what was drafted, by the settings of now."""
        return draft.settled(self._preparation)

    def of_message(
        self,
        message: ChatMessage,
        prepared: Prepared | Reason,
        now: float,
        *,
        silence: Reason | None,
        reading: bool,
    ) -> Utterance | Reason:
        """Return what is queued for a message at ``now``, under its own id, or why nothing is."""
        refused = self._barred(message, prepared, silence)
        refused = refused or self._rules.refuse(message, reading=reading)
        if refused:
            return refused
        choice = self._choice(message)
        if choice and not message.paid:
            return choice
        announces = message.paid and prepared in WORDLESS
        if announces:
            prepared = announcing.of_payment(message, self._preparation, self.language)
        if isinstance(prepared, Reason):
            return prepared
        # Before it is let pass: from then on the author isn't new any more.
        lane = self._rules.lane(message)
        refused = self._rules.refuse_text(message, prepared, now)
        if refused:
            return refused
        if not announces:
            self._speaks(prepared.language)
        return replace(
            self._utterance(message, prepared, lane, now),
            message=message,
            author=author_of(message),
            called=self._preparation.called(message) if announces else "",
            key=prepared.key,
            announces=announces,
        )

    def of_picked(
        self,
        message: ChatMessage,
        prepared: Prepared | Reason,
        now: float,
        *,
        silence: Reason | None,
    ) -> Utterance | Reason:
        """Return what is queued for a message that the streamer picked: the rules don't matter."""
        refused = self._barred(message, prepared, silence)
        if refused:
            return refused
        announces = message.paid and prepared in WORDLESS
        if announces:
            prepared = announcing.of_payment(message, self._preparation, self.language)
        if isinstance(prepared, Reason):
            return prepared
        utterance = self._utterance(message, prepared, Lane.STREAMER, now)
        return replace(utterance, message=message, announces=announces)

    def of_own(
        self,
        source: Notice | str,
        prepared: Prepared | Reason,
        voice: str,
        now: float,
        *,
        silence: Reason | None,
    ) -> Utterance | Reason:
        """Return what is queued for the streamer's own line, in ``voice``.

        For a ``source`` that is a notice, it tells of that once more.
        """
        refused = self._barred(source, prepared, silence)
        if refused:
            return refused
        if isinstance(prepared, Reason):
            return prepared
        text, language, seconds = prepared.text, prepared.language, prepared.seconds
        own = Utterance("", text, language, seconds, Lane.STREAMER, now, None, voice)
        return replace(own, notice=source) if isinstance(source, Notice) else own

    def of_notice(
        self,
        seen: Announcement,
        now: float,
        *,
        silence: Reason | None,
        reading: bool,
    ) -> Utterance | Reason:
        """Return what is queued for a notice."""
        notice, added = seen
        message = notices.as_message(notice)
        lane = notices.lane_of(notice) or Lane.NORMAL
        author = author_of(message)
        refused = self._barred(notice, None, silence)
        if refused:
            return refused
        if self._gifts.told_before(notice, author, now):
            return Reason.REPEATED
        refused = self._rules.refuse(message, reading=reading)
        if refused:
            return refused
        announced = announcing.of_notice(notice, self._preparation, self.language)
        if isinstance(announced, Reason):
            return announced
        unfit = added if isinstance(added, Reason) else None
        if isinstance(added, Prepared):
            unfit = self._rules.refuse_text(message, added, now)
        if unfit and notices.is_all_text(notice):
            return unfit
        if isinstance(added, Prepared) and not unfit:
            most = self._config.reading.queue_seconds
            announced = announcing.with_added(announced, added, most)
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

    def judgement(self) -> Judgement:
        """Return what the settings of now have against what waits and sounds."""
        most = self._config.reading.queue_seconds
        return Judgement(self._rules, self._preparation, self.language, most)

    def unwanted_together(self, members: Sequence[Utterance]) -> bool:
        """Tell whether the messages of one author hold a word that none of them holds alone."""
        rules, message = self._config.rules, members[0].message
        if message is None or not (rules.blocked_words or self._config.private.words):
            return False
        written = " ".join(member.message.text for member in members if member.message)
        spoken = " ".join(member.text for member in members)
        return any(
            announcing.unsaid(message, text, self._preparation) for text in (written, spoken)
        )

    def _barred(
        self, source: Source, prepared: Prepared | Reason | None, silence: Reason | None
    ) -> Reason | None:
        """Return why nothing is made of ``source`` whatever the rules say.

        Whatever else is to be said of a private word: nothing keeps a text with that reason.
        """
        message = notices.as_message(source) if isinstance(source, Notice) else source
        removed = None if isinstance(message, str) else self._removals.reason_for(message)
        private = Reason.PRIVATE_WORD if prepared is Reason.PRIVATE_WORD else None
        return removed or private or silence

    def _speaks(self, language: str) -> None:
        self._languages.append(language)
        self._lately = Counter(self._languages).most_common(1)[0][0]

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
