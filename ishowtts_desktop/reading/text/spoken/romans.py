"""Roman numbers behind the name of a game, a king or a war: "Diablo II", "FFXIV"."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import regex

from ishowtts_desktop.reading.text.spoken.table import words_of

# "MIX", "DIV" and "VI" alone are other things: no more than the thirties, and a name before them.
_ROMAN: Final = r"(X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2}(?=I|V|$))"
_NUMBERED: Final = regex.compile(_ROMAN)
_FINAL_FANTASY: Final = regex.compile(f"FF{_ROMAN}")
_WORLD_WAR: Final = regex.compile("WW(I{1,3})")
_NAME_BEFORE: Final = regex.compile(r"(?r)(?<![A-Za-z])([A-Z][A-Za-z'’]*) ")
_REACH: Final = 24
_KINGS: Final = frozenset(
    words_of(
        """
    Elizabeth Henry Louis Charles Edward Richard George James Philip Catherine Nicholas Alexander
    Napoleon Friedrich Frederick Wilhelm Ramses Leopold Pius Benedict Paul
    """
    )
)
_VALUES: Final = MappingProxyType({"I": 1, "V": 5, "X": 10})


def number_in(word: str, text: str, start: int) -> tuple[str, int, str]:
    """Return what is said before the number in ``word``, the number (0 for none), and how.

    ``word`` stands in ``text`` at ``start``. How is "first", as kings are counted, or "one".
    """
    if word[-1] not in _VALUES:
        return "", 0, ""
    war = _WORLD_WAR.fullmatch(word)
    if war:
        return "World War", _value(war[1]), "one"
    final = _FINAL_FANTASY.fullmatch(word)
    if final:
        return "F F", _value(final[1]), "one"
    if not _NUMBERED.fullmatch(word):
        return "", 0, ""
    name = _NAME_BEFORE.match(text, max(0, start - _REACH), start)
    single_five = word == "V" and name is not None and name[1] == "GTA"
    if name is None or name[1] == "I" or (len(word) == 1 and not single_five):
        return "", 0, ""
    return "", _value(word), "first" if name[1] in _KINGS else "one"


def _value(written: str) -> int:
    values = [_VALUES[letter] for letter in written]
    following = [*values[1:], 0]
    return sum(
        -here if here < after else here for here, after in zip(values, following, strict=True)
    )
