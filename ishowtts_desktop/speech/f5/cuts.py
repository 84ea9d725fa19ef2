"""Where a long text is cut into pieces that are made one after another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.tokens import words

if TYPE_CHECKING:
    from collections.abc import Callable

# Of the stock package: reference and speech together last about so many seconds.
STOCK_SECONDS: Final = 22
_STOCK_ENDS: Final = re.compile(r"(?<=[;:,.!?])\s+|(?<=[；：，。！？])")

TARGETS: Final = (2.0, 4.0, 7.0, 10.0)
"""Seconds that each piece should last; the last number holds for all further ones."""
TOLERANCE: Final = 0.5
"""How far from its target a piece may be cut, for the sake of a better place."""
LONGEST: Final = TARGETS[-1] * (1 + TOLERANCE)
"""No piece lasts longer, in seconds: behind a reference of 5 s that is what the model can do."""

_CLOSERS: Final = "[\"'”’)\\]」』）】]*"
# From the best place for a cut to the worst; spaces belong to the piece before.
_PLACES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[.!?…]+{_CLOSERS}\s+|[。！？…]+{_CLOSERS}\s*|\n\s*",
        rf"[,;:]+{_CLOSERS}\s+|[，；：、—]+{_CLOSERS}\s*|\)\s+",
        r"\s+",
    )
)
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WORD_PLACE, _GRAPHEME_PLACE = len(_PLACES), len(_PLACES) + 1


def stock_cuts(text: str, max_bytes: int) -> list[str]:
    """Cut after punctuation into pieces of about ``max_bytes`` of UTF-8, as `chunk_text` does.

    A sentence that is longer stays whole. The pieces' outer spaces are gone.
    """
    pieces: list[str] = []
    piece = ""
    for sentence in filter(None, _STOCK_ENDS.split(text)):
        if piece and len((piece + sentence).encode("utf-8", "replace")) > max_bytes:
            pieces.append(piece.strip())
            piece = ""
        piece += sentence
        # A sentence that ends in one byte lost the space that followed it.
        if sentence[-1].isascii():
            piece += " "
    if piece:
        pieces.append(piece.strip())
    return pieces


def max_bytes_for(reference_text: str, reference_seconds: float, speed: float = 1.0) -> int:
    """Return the bytes of text that fit beside the reference, as the stock package counts.

    Zero or less behind a reference of 22 s or more: then every sentence is a piece of its own.
    Raises `EngineError` for a reference without sound.
    """
    if not reference_seconds > 0:
        raise EngineError(
            f"The reference should have sound and lasts {reference_seconds} s.",
            "Choose a recording of 3 to 12 seconds.",
        )
    rate = len(reference_text.encode("utf-8", "replace")) / reference_seconds
    return int(rate * (STOCK_SECONDS - reference_seconds) * speed)


def first_sound_first(text: str, seconds_of: Callable[[str], float]) -> list[str]:
    """Cut a long message so that its first sound comes soon: a short piece, then longer ones.

    ``seconds_of`` predicts how long a text lasts; a longer text must not last shorter. Up to twice
    the first of `TARGETS` stays whole. Cuts come after a sentence, else a clause, else a word, and
    inside a word only where it is longer than a piece; never inside a grapheme. The pieces joined
    are ``text``; text without anything in it gives none.
    """
    pieces: list[str] = []
    ranks: dict[int, int] = {}
    places: list[int] = []
    start = 0
    while start < len(text):
        target = TARGETS[min(len(pieces), len(TARGETS) - 1)]
        if seconds_of(text[start:]) <= target * (1 + TOLERANCE if pieces else 2):
            break
        if not places:
            ranks = _ranks(text)
            places = sorted(ranks)
        stop = _cut(text, start, target, seconds_of, places, ranks)
        if not text[stop:].strip():
            break
        pieces.append(text[start:stop])
        start = stop
    return [*pieces, text[start:]] if text else []


def in_two(text: str) -> list[str]:
    """Cut ``text`` near its middle, at the best place there; whole if there is none."""
    middle, ranks = len(text) / 2, _ranks(text)
    near = (place for place in ranks if middle / 2 <= place <= middle * 1.5)
    places = [place for place in near if 0 < place < len(text)]
    if not places:
        return [text]
    best = min(places, key=lambda place: (ranks[place], abs(place - middle)))
    return [text[:best], text[best:]]


def _cut(
    text: str,
    start: int,
    target: float,
    seconds_of: Callable[[str], float],
    places: list[int],
    ranks: dict[int, int],
) -> int:
    """Return where the piece from ``start`` ends: the best place near ``target`` seconds."""

    def seconds(place: int) -> float:
        return seconds_of(text[start:place])

    first = bisect_right(places, start)
    near: list[int] = []
    for tolerance in (TOLERANCE, 1.0):
        low = bisect_left(places, target * (1 - tolerance), first, key=seconds)
        most = min(target * (1 + tolerance), LONGEST)
        # Where one grapheme lasts longer than a piece, it is the piece.
        near = places[low : max(bisect_right(places, most, low, key=seconds), low + 1)]
        best = min((ranks[place] for place in near), default=_GRAPHEME_PLACE)
        if best < _GRAPHEME_PLACE:
            break
    return min(
        (place for place in near if ranks[place] == best),
        key=lambda place: abs(seconds(place) - target),
        default=len(text),
    )


def _ranks(text: str) -> dict[int, int]:
    """Return each place where ``text`` may be cut, with its rank: 0 is the best."""
    import regex

    ranks = {match.end(): _GRAPHEME_PLACE for match in regex.finditer(r"\X", text)}
    if _UNSPACED.search(text):
        end = 0
        for word in words(text):
            end += len(word)
            # Latin letters come from there in parts too, which are no words of theirs.
            if _UNSPACED.match(word[-1]) and end in ranks:
                ranks[end] = _WORD_PLACE
    for rank in reversed(range(len(_PLACES))):
        for match in _PLACES[rank].finditer(text):
            if match.end() in ranks:
                ranks[match.end()] = rank
    return ranks
