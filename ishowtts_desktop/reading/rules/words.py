"""Which words nobody gets said: the streamer's blocked words and private ones.

A word is found however it is written, see `folding` and `matcher`; docs/adr/0014-blocked-words.md
tells what was decided. A blocked word is a whole word or, from four letters on, its plural, unless
"*" says otherwise: "bad*" is also "badly", "*bad*" is anywhere, "b*d" has any one letter there.
Chinese words are found anywhere. What has hardly a letter (an emoji, ":)") is looked for as it is.
An allowed word is an exception: "badminton", though "bad*" is blocked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.rules.folding import plain_fold, shadow_of
from ishowtts_desktop.reading.rules.matcher import ANY, Matcher, word_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ishowtts_desktop.core.reading_config import PrivateConfig, RulesConfig
    from ishowtts_desktop.reading.rules.folding import Shadow
    from ishowtts_desktop.reading.rules.matcher import Word

_LONGEST_ENTRY = 200


class WordFilter:
    """Knows the words. Pure, so any thread may ask. An entry without anything in it blocks nothing.

    Private words are never allowed again by ``rules.allowed_words``.
    """

    def __init__(self, rules: RulesConfig, private: PrivateConfig) -> None:
        self._private = _List(private.words, private=True)
        self._blocked = _List(rules.blocked_words)
        self._allowed = _List(rules.allowed_words)

    def reason_for(self, text: str) -> Reason | None:
        """Return `Reason.PRIVATE_WORD` or `Reason.BLOCKED_WORD`, or None.

        Takes time in proportion to the length of ``text``.
        """
        if not (self._private or self._blocked):
            return None
        if self._private.is_sign_in(text):
            return Reason.PRIVATE_WORD
        shadow = shadow_of(text)
        if any(True for _ in self._private.matcher.find(shadow)):
            return Reason.PRIVATE_WORD
        if self._is_blocked(shadow) or self._blocked.is_sign_in(text):
            return Reason.BLOCKED_WORD
        return None

    def _is_blocked(self, shadow: Shadow) -> bool:
        allowed: list[tuple[int, int]] | None = None
        for start, end in self._blocked.matcher.find(shadow):
            if allowed is None:
                allowed = list(self._allowed.matcher.find(shadow))
            if not any(first <= start and end <= last for first, last in allowed):
                return True
        return False


class _List:
    """A list of words: those with letters, and signs."""

    def __init__(self, entries: Iterable[str], *, private: bool = False) -> None:
        words: list[Word] = []
        signs: list[str] = []
        for entry in entries:
            short = entry[:_LONGEST_ENTRY]
            word = word_of(short, private=private)
            sign = "".join(plain_fold(short).split()).strip(ANY)
            if word is None or (len(word.letters) == 1 and len(sign) > 1):
                signs.append(sign)
            else:
                words.append(word)
        self.matcher = Matcher(words)
        self._signs = tuple(filter(None, signs))

    def __bool__(self) -> bool:
        return bool(self.matcher or self._signs)

    def is_sign_in(self, text: str) -> bool:
        """Tell whether one of the signs is in ``text``."""
        if not self._signs:
            return False
        folded = "".join(plain_fold(text).split())
        return any(sign in folded for sign in self._signs)
