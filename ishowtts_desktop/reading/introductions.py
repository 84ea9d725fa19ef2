"""When a speaker is named: on a change of speaker, and again after a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ishowtts_desktop.core.utterances import Utterance
    from ishowtts_desktop.reading.text.prepare import Preparation


class Introductions:
    """Remembers who spoke last. Asked in the order of speaking; not thread-safe."""

    def __init__(self, preparation: Preparation) -> None:
        self._preparation = preparation
        self._speaker: tuple[str, str] | None = None
        self._named_at = 0.0

    def text_of(self, utterance: Utterance, now: float) -> str:
        """Return what is said at ``now`` (seconds of `Clock.now`), with the name if it is due."""
        message = utterance.message
        if message is None:
            self._speaker = None
            return utterance.text
        speaker = (message.source, message.author_id or message.login or message.name)
        recent = now - self._named_at < self._preparation.name_repeat_seconds
        if speaker == self._speaker and recent:
            return utterance.text
        self._speaker = speaker
        self._named_at = now
        return self._preparation.introduce(message, utterance.text, utterance.language)
