"""How an utterance is said: with its author's name, in which voices, with what silence after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Segment, Utterance
from ishowtts_desktop.reading import announcing
from ishowtts_desktop.reading.flight import Job, Leg
from ishowtts_desktop.reading.introductions import Introductions, Named

if TYPE_CHECKING:
    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.reading.casting import Casting
    from ishowtts_desktop.reading.text.prepare import Preparation

# What is left of the silence between two utterances when they are said faster, and when there is so
# much to say that most of it isn't: what is said ends in a pause of its own.
_SHORT_GAP = 0.4
_SHORTEST_GAP = 0.1


class Delivery:
    """Makes jobs, in the order of speaking. Not thread-safe."""

    def __init__(
        self, preparation: Preparation, config: Config, casting: Casting | None = None
    ) -> None:
        self._introductions = Introductions()
        self._casting = casting
        self._preparation = preparation
        self._config = config

    def use(self, config: Config, preparation: Preparation) -> None:
        """Go by other settings from now on."""
        self._config = config
        self._preparation = preparation

    def leg(
        self, popped: Utterance, tag: str, now: float, *, names: bool, crowded: bool = False
    ) -> Leg:
        """Return the job of ``popped``, which is said at ``now``.

        ``names``: whether any are said; ``crowded``: whether there is far more to say than time.
        """
        reading, before = self._config.reading, self._introductions.named
        share = _SHORT_GAP if popped.speed > 1.0 else 1.0
        gap = reading.gap_seconds * (_SHORTEST_GAP if crowded else share)
        named = self._introductions.due(popped, now, reading.name_repeat_seconds, names=names)
        utterance = popped
        segments: tuple[Segment, ...] = (_segment(popped, popped.text, popped.voice),)
        if popped.message is not None and named and not popped.announces:
            text = self._preparation.introduce(popped.message, popped.text, popped.language)
            # The name and the text may make a word together.
            if not announcing.unsaid(popped.message, text, self._preparation):
                utterance = replace(popped, text=text)
                segments = self._segments(popped, popped.message, text)
        return Leg(Job(utterance, segments, gap, tag), popped, before)

    def undo(self, leg: Leg) -> None:
        """Forget that ``leg``, the last one, was made: it isn't said now."""
        self._introductions.named = leg.named

    def name_again(self) -> None:
        """Forget who was named: nothing was heard of it."""
        self._introductions.named = Named()

    def _segments(self, popped: Utterance, message: ChatMessage, text: str) -> tuple[Segment, ...]:
        """Return the parts of ``text``, the name in a voice of its own where one is chosen."""
        narrator = self._casting.name_voice if self._casting is not None else ""
        if not narrator:
            return (_segment(popped, text, popped.voice),)
        parts = self._preparation.parts(message, popped.text, popped.language)
        return tuple(
            _segment(popped, part, narrator if kind == "name" else popped.voice)
            for kind, part in parts
        )


def _segment(utterance: Utterance, text: str, voice: str) -> Segment:
    return Segment(text, utterance.language, voice)
