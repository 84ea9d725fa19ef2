"""All steps in their order: from a chat message to what is said of it, or why nothing is.

The order: length, emotes, cheers, clean, mention, blocked words, commands, links, the user's signs,
emoji, repeats, length and blocked words again, language, written to spoken, blocked words once
more, seconds. The name comes last and
only when it is spoken, because only then is it known who spoke before: see `introductions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import regex

from ishowtts_desktop.core.reading_config import WordsConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.text import cheers, emoji, emotes, links, mentions, repeats, template
from ishowtts_desktop.reading.text.cap import cap
from ishowtts_desktop.reading.text.clean import clean
from ishowtts_desktop.reading.text.dictionary import Dictionary
from ishowtts_desktop.reading.text.duration import cut_to_seconds, seconds_of
from ishowtts_desktop.reading.text.key import key_of
from ishowtts_desktop.reading.text.language import Guess, Languages, detect_language, primary
from ishowtts_desktop.reading.text.names import sayable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ishowtts_desktop.core.messages import ChatMessage, Emote
    from ishowtts_desktop.core.reading_config import ReadingConfig

_COMMAND = regex.compile(r"!\w")
_SAYABLE = regex.compile(r"[\p{L}\p{N}]")
_IN_A_WORD = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{N}]{2}")
# An acronym that was spelt is the word that it was: "U S B" has nothing in it that USB hasn't.
_SPELT = regex.compile(r"(?<=(?<![\p{Latin}\p{N}])\p{Lu}) (?=\p{Lu}s?(?![\p{Latin}\p{N}\p{M}]))")
_LAST_WORD = regex.compile(r"(?r)[\p{Latin}\p{Cyrillic}\p{N}'’]+$")
# What the steps look at; what is said is capped again by the user's choice.
_LONGEST_LINE = 2000


class WordFilter(Protocol):
    """Knows the words that aren't said. Asked from any thread, for every line."""

    def reason_for(self, text: str) -> Reason | None:
        """Return why ``text`` isn't said, or ``None``."""


@dataclass(frozen=True)
class Prepared:
    """What is said: ``language`` is a BCP 47 primary tag, ``seconds`` the predicted length.

    ``text`` is without the name, ``seconds`` with it. ``plain`` is the line before it was turned
    into spoken words; lines with the same ``key`` say the same ("" is like no other). ``maybe``
    has the other languages that the line may be in, of those in use.
    """

    text: str
    language: str
    seconds: float
    key: str = ""
    plain: str = ""
    maybe: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Explanation:
    """What became of a line, and each step that changed or refused it, in order, once."""

    result: Prepared | Reason
    steps: tuple[str, ...]


class Preparation:
    """Makes what is written sayable. ``language`` is a tag for all lines, or ``auto``.

    ``in_use`` are primary tags of the languages that a rule, a voice or a word is for.
    ``emote_names`` tells which words are emotes where a message was written, beside those that the
    platform marked. Thread-safe, as far as what it was given is.
    """

    def __init__(
        self,
        config: ReadingConfig,
        language: str = "auto",
        *,
        words: WordsConfig | Dictionary | None = None,
        word_filter: WordFilter | None = None,
        emote_names: Callable[[ChatMessage], Collection[str]] | None = None,
        in_use: Collection[str] = (),
    ) -> None:
        self._config = config
        self._languages = Languages(in_use)
        self._fixed_language = None if language == "auto" else primary(language)
        self._filter = word_filter
        self._emote_names = emote_names
        known = words if isinstance(words, Dictionary) else Dictionary(words or WordsConfig())
        self._speller, self._names = known.speller, known.names

    @property
    def name_repeat_seconds(self) -> float:
        """After how many seconds the same speaker is named again."""
        return self._config.name_repeat_seconds

    def prepare(
        self, message: ChatMessage, *, selected: bool = False, hint: str = ""
    ) -> Prepared | Reason:
        """Return what is said of ``message``, or why nothing is.

        ``selected`` is for a message that the streamer picked: a command is read then, and blocked
        words are; private ones never. ``hint`` is the language that the chat was in lately, for
        lines that don't tell theirs ("6"); "" if unknown.
        """
        return self.explain(message, selected=selected, hint=hint).result

    def explain(
        self, message: ChatMessage, *, selected: bool = False, hint: str = ""
    ) -> Explanation:
        """Return what `prepare` does, and the names of the steps (see `steps`) that mattered."""
        line = _Line(cap(message.text, _LONGEST_LINE), hint)
        line.note("length", len(line.text) < len(message.text))
        spans = (*message.emotes, *self._listed_emotes(message, line.text))
        line.put("emotes", emotes.take_out(line.text, spans, self._config.emotes))
        line.put("cheers", cheers.take_out(line.text, message.bits))
        line.put("clean", clean(line.text))
        is_reply = message.reply_to is not None
        line.put("mention", mentions.strip_prefix(line.text, is_reply=is_reply))
        if reason := self._unwanted(line.text, selected=selected):
            return line.refused("words", reason)
        judged = line.text
        if _COMMAND.match(line.text) and not (selected or self._config.read_commands):
            return line.refused("commands", Reason.COMMAND)
        line.put("links", self._name_links(line.text, hint))
        line.put("pronunciation", self._speller.say_signs(line.text))
        line.put("emoji", self._say_emoji(line.text, hint))
        line.put("repeats", repeats.collapse(line.text))
        line.put("length", _whole_words(line.text, cap(line.text, self._config.max_graphemes)))
        if not _SAYABLE.search(line.text):
            return line.refused("sound", Reason.NOTHING_TO_SAY)
        # What went may have parted a word, and names of emoji are words, too.
        if line.text != judged and (reason := self._unwanted(line.text, selected=selected)):
            return line.refused("words", reason)
        return self._spoken(message, line, selected=selected)

    def prepare_own(self, text: str, *, hint: str = "") -> Prepared | Reason:
        """Return what is said of the streamer's own line: all of it that has a sound.

        What came out is left as it is when it is prepared again, the user's own pronunciations
        aside. Private words refuse it, blocked ones don't.
        """
        signs = self._speller.say_signs(clean(cap(text, _LONGEST_LINE)))
        plain = " ".join(self._say_emoji(signs, hint).split())
        language = self._guess(plain, hint).language
        spoken = self._speller.settle(plain, language)
        if not _SAYABLE.search(spoken):
            return Reason.NOTHING_TO_SAY
        reason = self._unwanted(plain, selected=True) or self._unwanted(
            _SPELT.sub("", spoken), selected=True
        )
        return reason or Prepared(spoken, language, seconds_of(spoken), key_of(plain), plain)

    def introduce(self, message: ChatMessage, text: str, language: str) -> str:
        """Return ``text`` with its speaker's name, as far as names are said and can be."""
        return "".join(part for _, part in self.parts(message, text, language))

    def parts(
        self, message: ChatMessage, text: str, language: str
    ) -> tuple[tuple[Literal["name", "text"], str], ...]:
        """Return what `introduce` does, split where another voice may say the name.

        All that the template has around ``text`` belongs to the name.
        """
        name = self.called(message, language)
        if not name:
            return (("text", text),)
        return template.split(self._config.template, name, text, language)

    def called(self, message: ChatMessage, language: str = "") -> str:
        """Return the author's name as it is said in a line of ``language``.

        "" when it can't be said, or mustn't; with a nickname the name itself doesn't matter.
        Without a ``language`` it is a name to be put into a line that is yet to be prepared.
        """
        if not self._config.say_names:
            return ""
        nickname = self._names.nickname(message)
        name = sayable(message.name) if nickname is None else nickname
        spoken = self._speller.name(name, self._name_language(name, language)) if language else name
        judged = {name, _SPELT.sub("", spoken), message.name if nickname is None else name}
        if self._filter and any(map(self._filter.reason_for, judged)):
            return ""
        return spoken

    def _name_language(self, name: str, language: str) -> str:
        """Return the line's language, but for a name in a script of its own that one's."""
        own = self._fixed_language or detect_language(name)
        return language if own == "en" else own

    def _spoken(self, message: ChatMessage, line: _Line, *, selected: bool) -> Explanation:
        """Turn what was cleaned into spoken words."""
        plain = line.text
        language, maybe = self._guess(plain, line.hint)
        line.text, steps = self._speller.speak(plain, language)
        line.steps += steps
        if line.text != plain and (
            reason := self._unwanted(_SPELT.sub("", line.text), selected=selected)
        ):
            return line.refused("words", reason)
        cut = cut_to_seconds(line.text, self._config.queue_seconds)
        line.put("seconds", _whole_words(line.text, cut))
        if not _SAYABLE.search(line.text):
            return line.refused("sound", Reason.NOTHING_TO_SAY)
        seconds = seconds_of(self.introduce(message, line.text, language))
        # The name may be what doesn't fit; a prepared message always fits an empty queue.
        seconds = min(seconds, self._config.queue_seconds)
        return line.done(Prepared(line.text, language, seconds, key_of(plain), plain, maybe))

    def _unwanted(self, text: str, *, selected: bool) -> Reason | None:
        reason = self._filter.reason_for(text) if self._filter else None
        return None if selected and reason is Reason.BLOCKED_WORD else reason

    def _listed_emotes(self, message: ChatMessage, text: str) -> list[Emote]:
        names = self._emote_names(message) if self._emote_names else ()
        return emotes.listed(text, names) if names else []

    def _say_emoji(self, text: str, hint: str) -> str:
        if self._config.emoji == "name":
            return emoji.name(text, self._guess(text, hint).language)
        return emoji.silence(text)

    def _name_links(self, text: str, hint: str) -> str:
        without = links.replace(text, "")
        if without == text or self._config.links == "nothing":
            return without
        return links.replace(text, links.word_for(self._guess(without, hint).language))

    def _guess(self, text: str, hint: str) -> Guess:
        if self._fixed_language is not None:
            return Guess(self._fixed_language)
        return self._languages.of(text, hint)


def _whole_words(text: str, start: str) -> str:
    """Return ``start`` of ``text`` without half a word or number at its end, if more is left."""
    halved = len(start) < len(text) and _IN_A_WORD.fullmatch(text[len(start) - 1 : len(start) + 1])
    whole = _LAST_WORD.sub("", start) if halved else start
    return (whole if _SAYABLE.search(whole) else start).rstrip()


class _Line:
    """A line on its way through the steps, and which of them changed it."""

    def __init__(self, text: str, hint: str) -> None:
        self.text = text
        self.hint = hint
        self.steps: list[str] = []

    def note(self, step: str, changed: bool) -> None:
        """Remember that ``step`` changed the line, if it did."""
        if changed:
            self.steps.append(step)

    def put(self, step: str, text: str) -> None:
        """Go on with what ``step`` made of the line. Spaces alone are no change."""
        self.note(step, text != self.text and text.split() != self.text.split())
        self.text = text

    def refused(self, step: str, reason: Reason) -> Explanation:
        self.steps.append(step)
        return self.done(reason)

    def done(self, result: Prepared | Reason) -> Explanation:
        return Explanation(result, tuple(dict.fromkeys(self.steps)))
