"""A change of settings costs what changed, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.reading_config import Pronunciation
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading import preparations
from ishowtts_desktop.reading.preparations import Preparations
from ishowtts_desktop.reading.text.prepare import Prepared
from tests.support.messages import chat

if TYPE_CHECKING:
    import pytest


def said(made: Preparations, config: Config, text: str) -> str | Reason:
    prepared = made.of(config).prepare(chat(text))
    return prepared.text if isinstance(prepared, Prepared) else prepared


def test_each_change_is_followed() -> None:
    config = Config()
    made = Preparations(config)
    assert said(made, config, "the Orin spoiler") == "the Orin spoiler"
    config.words.pronunciations.append(Pronunciation(written="Orin", spoken="oh rin"))
    assert said(made, config, "the Orin spoiler") == "the oh rin spoiler"
    for words in (config.rules.blocked_words, config.rules.allowed_words):
        words.append("spoiler")
        wanted = (
            Reason.BLOCKED_WORD if words is config.rules.blocked_words else "the oh rin spoiler"
        )
        assert said(made, config, "the Orin spoiler") == wanted
    config.private.words.append("orin")
    assert said(made, config, "the Orin spoiler") is Reason.PRIVATE_WORD


def test_what_did_not_change_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config()
    made = Preparations(config)
    for name in ("Dictionary", "WordFilter"):
        monkeypatch.delattr(preparations, name)
    config.reading.links = "nothing"
    config.rules.only_paid = True
    assert said(made, config, "see https://example.org now") == "see now"
