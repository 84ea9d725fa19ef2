"""Rules handed on as one file: all comes back, nothing private goes, a fault names its place."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.errors import ConfigError
from ishowtts_desktop.reading.rulebook import LARGEST, SECTIONS, exported, imported, read_rulebook

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXTS = st.lists(TEXT, max_size=3)
TABLE = st.dictionaries(TEXT, TEXT, max_size=3)
CONFIGS = st.fixed_dictionaries(
    {
        "reading": st.fixed_dictionaries(
            {"reading": st.booleans(), "template": TEXT, "queue_seconds": st.floats(5.0, 600.0)}
        ),
        "load": st.fixed_dictionaries({"faster": st.floats(1.0, 1.5), "merge": st.booleans()}),
        "rules": st.fixed_dictionaries(
            {"blocked_words": TEXTS, "bots": TEXTS, "first_message": st.sampled_from(["lift"])}
        ),
        "words": st.fixed_dictionaries(
            {
                "pronunciations": st.lists(
                    st.fixed_dictionaries({"written": TEXT, "spoken": TEXT}), max_size=3
                ),
                "nicknames": TABLE,
            }
        ),
        "casting": st.fixed_dictionaries({"users": TABLE, "random": TEXTS, "command": TEXT}),
        "private": st.fixed_dictionaries({"words": TEXTS}),
    }
).map(Config.model_validate)


def shared(config: Config) -> dict[str, Any]:
    return {name: getattr(config, name).model_dump() for name in SECTIONS}


@settings(max_examples=25)
@given(CONFIGS, CONFIGS)
def test_what_is_exported_is_imported(mine: Config, theirs: Config) -> None:
    before = mine.model_copy(deep=True)
    result = imported(mine, exported(theirs))
    # The switch whether chat is read at all stays as it is.
    theirs.reading.reading = mine.reading.reading
    assert shared(result) == shared(theirs)
    assert result.private == mine.private
    assert (result.speech, result.audio, result.gate) == (mine.speech, mine.audio, mine.gate)
    assert mine == before
    assert read_rulebook(result, exported(theirs)).changed == ()


def test_nothing_private_leaves() -> None:
    config = Config.model_validate(
        {"private": {"words": ["Maple Street"]}, "source": {"url": "twitch://me"}}
    )
    data = exported(config).decode()
    assert "Maple" not in data
    assert "twitch" not in data
    assert set(tomlkit.parse(data)) == set(SECTIONS)


def test_what_a_file_leaves_out_stays_and_what_nobody_knows_is_told() -> None:
    config = Config.model_validate({"rules": {"shortest": 3, "longest": 50}})
    data = b"""
    colour = 3
    [rules]
    longest = 60
    future = true
    [reading]
    reading = false
    [private]
    words = ["theirs"]
    """
    book = read_rulebook(config, data)
    assert (book.config.rules.shortest, book.config.rules.longest) == (3, 60)
    assert book.config.reading.reading
    assert book.config.private.words == []
    assert book.changed == ("rules.longest",)
    assert book.unknown == ("colour", "rules.future", "reading.reading", "private")
    assert config.rules.longest == 50


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"[rules]\n\nuser_cooldown = 9999\n", ["rules.user_cooldown (line 3)", "3600"]),
        (b"# x\n[rules]\nminimum_role = 'king'\n", ["minimum_role (line 3)", "'moderator'"]),
        (b"[rules]\nbots = 'nightbot'\n", ["rules.bots (line 2)", "list"]),
        (b"[load]\n[rules]\nbots = [1]\n", ["rules.bots.0 (line 3)", "string"]),
        (b"[[words.pronunciations]]\nspoken = 'x'\n", ["pronunciations.0.written (line 1)"]),
        (b"rules = {shortest = -1}\n", ["rules.shortest: "]),
        (b"rules = 3\n", ["rules"]),
        (b"[rules]\nshortest = \n", ["line 2"]),
        (b"[rules]\n[rules]\n", ["rules"]),
        (b"\xff\xfe", ["UTF-8"]),
        (b"", ["no rules", "[casting]"]),
        (b"[audio]\nvolume = 1\n", ["no rules"]),
        (b"[rules]\n" + b"#" * LARGEST, ["larger than 1 MB"]),
    ],
)
def test_a_file_that_does_not_fit_says_where_and_what_was_expected(
    data: bytes, told: list[str]
) -> None:
    config = Config()
    with pytest.raises(ConfigError) as raised:
        imported(config, data)
    for part in told:
        assert part in str(raised.value)
    assert raised.value.advice
    assert config == Config()


@given(
    st.binary(max_size=80) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_are_rules_or_an_error(data: bytes) -> None:
    with suppress(ConfigError):
        assert imported(Config(), b"[rules]\n" + data).private == Config().private


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    config = Config.model_validate({"rules": {"blocked_words": ["a\ud800"]}})
    assert imported(Config(), exported(config)).rules.blocked_words == ["a?"]
