"""What chat says again and again ("gg", "666", "草"), kept as it was made."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

PHRASE_SECONDS: Final = 3.0
"""Longer lines aren't kept: they hardly come twice."""
REPEATS: Final = 20
"""How often one take is said."""
_SCALE: Final = 32767
_ENTRY_BYTES: Final = 256
"""About what Python takes for an entry beside its samples."""


@dataclass(frozen=True)
class PhraseStats:
    """How often a short line was there, and how much of ``limit`` bytes is in use."""

    hits: int
    misses: int
    bytes: int
    limit: int


class PhraseCache:
    """Keeps finished samples by what they were made from, the least recently said goes first.

    What was said ``repeats`` times is made anew: else a take that went wrong would stay for the
    whole stream.

    They are kept as 16-bit numbers rounded towards zero: 3.1e-5 off at most, 90 dB below full
    scale, as in a WAV file. With a ``limit`` of 0 nothing is kept. One thread fills it; `stats`
    may be read by any.
    """

    def __init__(self, limit: int, repeats: int = REPEATS) -> None:
        self._limit = limit
        self._repeats = repeats
        self._said: dict[str, int] = {}
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, NDArray[np.int16]] = OrderedDict()
        self._bytes = self._hits = self._misses = 0

    @property
    def stats(self) -> PhraseStats:
        """The counters as they are now."""
        with self._lock:
            return PhraseStats(self._hits, self._misses, self._bytes, self._limit)

    def get(self, key: str) -> Samples | None:
        """Return the samples (n,) kept under ``key``, None when there are none."""
        with self._lock:
            kept = self._kept.get(key)
            said = self._said.get(key, 0) + 1
            if kept is None or said > self._repeats:
                self._misses += 1
                return None
            self._said[key] = said
            self._hits += 1
            self._kept.move_to_end(key)
        return _restored(kept)

    def put(self, key: str, samples: Samples) -> Samples:
        """Keep ``samples`` (n,) in -1..1 under ``key``; return them as `get` will.

        What alone is more than the limit isn't kept.
        """
        stored = np.fix(samples * _SCALE).astype(np.int16)
        size = stored.nbytes + _ENTRY_BYTES
        with self._lock:
            self._said.pop(key, None)
            before = self._kept.pop(key, None)
            if before is not None:
                self._bytes -= before.nbytes + _ENTRY_BYTES
            if size <= self._limit:
                self._kept[key] = stored
                self._bytes += size
            while self._bytes > self._limit:
                old, gone = self._kept.popitem(last=False)
                self._said.pop(old, None)
                self._bytes -= gone.nbytes + _ENTRY_BYTES
        return _restored(stored)

    def forget(self) -> None:
        """Give up all samples; the counters go on."""
        with self._lock:
            self._kept.clear()
            self._said.clear()
            self._bytes = 0


def phrase_key(*made_from: object) -> str:
    """Return the key of a phrase: all that its samples depend on, each with a telling `repr`."""
    return hashlib.blake2b(repr(made_from).encode("utf-8", "replace")).hexdigest()


def one_spaced(text: str) -> str:
    """Return ``text`` with one space where it has any white space, none at its ends."""
    return " ".join(text.split())


def _restored(kept: NDArray[np.int16]) -> Samples:
    samples: Samples = kept.astype(np.float32) / np.float32(_SCALE)
    return samples
