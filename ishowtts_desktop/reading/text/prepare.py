"""All steps in their order: from a chat message to what is said of it, or why nothing is.

The order: cap, emotes, cheers, clean, commands and mentions, links, emoji, repeats, language, cap
again, seconds. The name comes last and only when it is spoken, because only then is it known who
spoke before: see `introductions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.text import cheers, emoji, emotes, links, mentions, repeats, template
from ishowtts_desktop.reading.text.cap import cap
from ishowtts_desktop.reading.text.clean import clean
from ishowtts_desktop.reading.text.duration import cut_to_seconds, seconds_of
from ishowtts_desktop.reading.text.language import detect_language

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.reading_config import ReadingConfig

_COMMAND = regex.compile(r"!\w")
_SAYABLE = regex.compile(r"[\p{L}\p{N}]")
# What the steps look at; what is said is capped again by the user's choice.
_LONGEST_LINE = 2000
_LONGEST_NAME = 25


@dataclass(frozen=True)
class Prepared:
    """What is said: ``language`` is a BCP 47 primary tag, ``seconds`` the predicted length.

    ``text`` is without the name, ``seconds`` with it.
    """

    text: str
    language: str
    seconds: float


class Preparation:
    """Makes what is written sayable. ``language`` is a tag for all lines, or ``auto``."""

    def __init__(self, config: ReadingConfig, language: str = "auto") -> None:
        self._config = config
        self._fixed_language = None if language == "auto" else language

    @property
    def name_repeat_seconds(self) -> float:
        """After how many seconds the same speaker is named again."""
        return self._config.name_repeat_seconds

    def prepare(self, message: ChatMessage, *, selected: bool = False) -> Prepared | Reason:
        """Return what is said of ``message``, or why nothing is.

        ``selected`` is for a message that the streamer picked: a command is read then.
        """
        text = cap(message.text, _LONGEST_LINE)
        text = emotes.take_out(text, message.emotes, self._config.emotes)
        text = clean(cheers.take_out(text, message.bits))
        text = mentions.strip_prefix(text, is_reply=message.reply_to is not None)
        if _COMMAND.match(text) and not (selected or self._config.read_commands):
            return Reason.COMMAND
        text = repeats.collapse(emoji.silence(self._name_links(text)))
        language = self._language(text)
        text = cut_to_seconds(
            cap(text, self._config.max_graphemes).rstrip(), self._config.queue_seconds
        )
        if not _SAYABLE.search(text):
            return Reason.NOTHING_TO_SAY
        seconds = seconds_of(self.introduce(message, text, language))
        # The name may be what doesn't fit; a prepared message always fits an empty queue.
        return Prepared(text, language, min(seconds, self._config.queue_seconds))

    def prepare_own(self, text: str) -> Prepared | Reason:
        """Return what is said of the streamer's own line: all of it that has a sound."""
        text = emoji.silence(clean(cap(text, _LONGEST_LINE)))
        text = " ".join(text.split())
        if not _SAYABLE.search(text):
            return Reason.NOTHING_TO_SAY
        return Prepared(text, self._language(text), seconds_of(text))

    def introduce(self, message: ChatMessage, text: str, language: str) -> str:
        """Return ``text`` with its speaker's name, as far as names are said and can be."""
        name = cap(" ".join(emoji.silence(clean(message.name)).split()), _LONGEST_NAME)
        if not (self._config.say_names and _SAYABLE.search(name)):
            return text
        return template.fill(self._config.template, name, text, language)

    def _name_links(self, text: str) -> str:
        without = links.replace(text, "")
        if without == text or self._config.links == "nothing":
            return without
        return links.replace(text, links.word_for(self._language(without)))

    def _language(self, text: str) -> str:
        return self._fixed_language or detect_language(text)
