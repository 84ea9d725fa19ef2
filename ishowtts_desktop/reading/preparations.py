"""Makes the preparation anew when settings change, and only those parts of it that did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.reading.rules.words import WordFilter
from ishowtts_desktop.reading.text.dictionary import Dictionary
from ishowtts_desktop.reading.text.prepare import Preparation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.messages import ChatMessage


class Preparations:
    """Keeps what takes long to make of thousands of words. For one thread.

    ``emote_names`` is asked only where the configuration wants it.
    """

    def __init__(
        self, config: Config, emote_names: Callable[[ChatMessage], Collection[str]] | None = None
    ) -> None:
        self._emote_names = emote_names
        self._config = config.model_copy(deep=True)
        self._dictionary = Dictionary(config.words)
        self._filter = WordFilter(config.rules, config.private)

    def of(self, config: Config) -> Preparation:
        """Return the preparation for ``config``, which may be changed afterwards."""
        before, config = self._config, config.model_copy(deep=True)
        if config.words != before.words:
            self._dictionary = Dictionary(config.words)
        if _words(config) != _words(before):
            self._filter = WordFilter(config.rules, config.private)
        self._config = config
        return Preparation(
            config.reading,
            words=self._dictionary,
            word_filter=self._filter,
            emote_names=self._emote_names if config.reading.emote_lists else None,
            in_use=languages_in_use(config),
        )


def languages_in_use(config: Config) -> frozenset[str]:
    """Return the tags of the languages that a rule, a voice or a word of the user's is for."""
    words = (entry.language for entry in config.words.pronunciations)
    return frozenset((*config.rules.languages, *config.casting.languages, *words)) - {""}


def _words(config: Config) -> tuple[list[str], ...]:
    return config.rules.blocked_words, config.rules.allowed_words, config.private.words
