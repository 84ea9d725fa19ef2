"""When a speaker is named: on a change of speaker, and again after a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ishowtts_desktop.reading.rules.people import author_of

if TYPE_CHECKING:
    from ishowtts_desktop.core.utterances import Utterance


class Named(NamedTuple):
    """Who was named last, and when, in seconds of `Clock.now`."""

    speaker: str | None = None
    at: float = 0.0


class Introductions:
    """Remembers who spoke last. Asked in the order of speaking; not thread-safe.

    What is asked for and then not said is undone by putting ``named`` back.
    """

    def __init__(self) -> None:
        self.named = Named()

    def due(
        self, utterance: Utterance, now: float, repeat_seconds: float, *, names: bool = True
    ) -> bool:
        """Tell whether the name goes before ``utterance`` at ``now``, and count it as said.

        The same speaker is named again after ``repeat_seconds``. While no ``names`` are said,
        who speaks is still minded: whoever follows isn't taken for who was named last.
        """
        message = utterance.message
        speaker = author_of(message) if message is not None else None
        if speaker == self.named.speaker and now - self.named.at < repeat_seconds:
            return False
        due = names and speaker is not None
        self.named = Named(speaker if due else None, now)
        return due
