"""The user's words, made ready: thousands of them take a while, so it is done once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.reading.text.names import Names
from ishowtts_desktop.reading.text.spoken.speller import Speller

if TYPE_CHECKING:
    from ishowtts_desktop.core.reading_config import WordsConfig


class Dictionary:
    """How words and names are said. Thread-safe."""

    def __init__(self, words: WordsConfig) -> None:
        self.speller = Speller(words)
        self.names = Names(words)
