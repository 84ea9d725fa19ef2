"""Letters that look like Latin ones, and signs that chat writes in place of letters.

Chosen by hand after Unicode Technical Standard 39: what chat really writes. Letters that Unicode
itself calls compatible (full width, circled, mathematical) aren't here. All keys are case-folded.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def _turned(groups: str) -> Iterator[tuple[str, str]]:
    """Read "aɑα bв": each word is a letter and those that look like it."""
    for group in groups.split():
        for look_alike in group[1:]:
            yield look_alike, group[0]


def _rows() -> Iterator[tuple[str, str]]:
    """Letters in black circles and squares, and regional indicators, stand in alphabetic rows."""
    for first in (0x1F150, 0x1F170, 0x1F1E6):
        for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz"):
            yield chr(first + place), letter


SAME: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Latin with strokes, hooks and other trimmings; small capitals; upside down; Greek;
        # Cyrillic; Armenian; Cherokee, which is folded to capitals.
        **dict(
            _turned(
                "aɑᴀɐαаꭺᎪ bƀɓʙᏼᏴвβь cƈȼᴄɔсᏟϲ dđɗɖᴅðԁᎠ eɇɛɘəᴇǝεеєҽᎬ fƒꜰɟғ gɠɡɢǥƃԍցᏀ hħɦʜɥнһհᎻ "
                "iıɨɩɪᴉιіӏᎥ jɉʝᴊɾјյᎫ kƙᴋʞκкᏦ lłƚɫɬɭʟլᏞ mɱᴍɯмᎷ nɲɳɴŋƞոռ oøɵᴏοоօ "
                "pƥᴘþρрᏢ qʠԛզ rɍɼɽʀɹᎡᏒ sʂꜱѕᏚտ tŧƭʈᴛʇτтᎢ uʉʊᴜս vʋᴠʌѵᏙ wᴡʍԝᎳա xχх yɏƴʏʎуү zƶʐᴢζᏃ"
            )
        ),
        **dict(_rows()),
    }
)
"""A letter and the Latin one that it is taken for."""

ALSO: Final[Mapping[str, str]] = MappingProxyType(
    {
        "η": "nh",
        "ν": "vn",
        "υ": "uy",
        "γ": "y",
        "μ": "mu",
        "ω": "w",
        "σ": "oe",
        "ς": "c",
        "λ": "al",
        "π": "n",
        "и": "n",
        "п": "n",
        "я": "r",
        "г": "r",
        "э": "e",
        "з": "e",
        "ш": "w",
        "щ": "w",
        "ц": "u",
        "б": "b",
        "ъ": "b",
    }
)
"""A letter of another script, and the Latin ones that it stands for at times."""

DIGITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "0": "o",
        "1": "il",
        "2": "z",
        "3": "e",
        "4": "a",
        "5": "s",
        "6": "g",
        "7": "t",
        "8": "b",
        "9": "g",
    }
)
"""A digit and the letters that it stands for: leet."""

SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "@": "a",
        "$": "s",
        "!": "il",
        "|": "il",
        "+": "t",
        "§": "s",
        "¡": "i",
        "€": "e",
        "£": "l",
        "¢": "c",
        "¥": "y",
        "©": "c",
        "₣": "f",
        "∪": "u",
    }
)
"""A sign and the letters that it stands for."""
