"""Who speaks for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.messages import Role
from ishowtts_desktop.core.reading_config import CastingConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.casting import Casting
from ishowtts_desktop.reading.chosen_voices import ChosenVoices
from ishowtts_desktop.reading.rules.people import author_of
from tests.support.messages import chat

if TYPE_CHECKING:
    from pathlib import Path

VOICES = {name: f"The {name.title()}" for name in ("ann", "ben", "cat", "dan")}
MODERATOR = frozenset({Role.MODERATOR})
CHOOSING = CastingConfig(allowed=["ann", "ben", "gone"])


def cast(voices: dict[str, str] | None = None, **config: Any) -> Casting:
    return Casting(CastingConfig(**config), lambda: VOICES if voices is None else voices)


@pytest.fixture
def memory(tmp_path: Path) -> ChosenVoices:
    return ChosenVoices(tmp_path / "chosen-voices.json")


def test_the_first_rule_that_fits_decides(memory: ChosenVoices) -> None:
    config = CastingConfig(
        users={"@BOB": "ann"},
        roles={"moderator": "ben", "subscriber": "dan", "paid": "cat"},
        languages={"zh-CN": "cat"},
        random=["dan"],
        allowed=["dan"],
    )
    casting = Casting(config, lambda: VOICES, memory)
    stranger = {"login": "eve", "name": "Eve"}
    both = MODERATOR | {Role.SUBSCRIBER}
    assert casting.voice_for(chat(), "zh") == "ann"
    assert casting.voice_for(chat(login="", name="Ｂｏｂ"), "zh") == "ann"
    assert casting.voice_for(chat(**stranger, roles=both), "zh") == "ben"
    assert casting.voice_for(chat(**stranger, roles=both, bits=1), "en") == "cat"
    assert casting.voice_for(chat(**stranger), "zh") == "cat"
    assert casting.voice_for(chat(**stranger), "en") == "dan"
    # AND what a viewer chose is above roles, but under what the streamer says of that user
    memory.choose(author_of(chat()), "dan")
    assert casting.voice_for(chat(**stranger, roles=MODERATOR), "zh") == "dan"
    assert casting.voice_for(chat(), "zh") == "ann"


def test_without_rules_it_is_the_chosen_voice() -> None:
    assert cast().voice_for(chat(), "en") == ""
    assert cast().name_voice == ""


def test_a_voice_that_is_gone_is_passed_over() -> None:
    voices = dict(VOICES)
    casting = cast(
        voices, users={"bob": "ann"}, languages={"en": "ben"}, random=["cat"], names="ann"
    )
    assert casting.name_voice == "ann"
    wanted = []
    for gone in ("ann", "ben", "cat"):
        wanted.append(casting.voice_for(chat(), "en"))
        del voices[gone]
    assert wanted == ["ann", "ben", "cat"]
    assert casting.voice_for(chat(), "en") == casting.name_voice == ""


def test_everybody_keeps_one_of_the_set_everywhere() -> None:
    authors = [chat(author_id=f"u{number}") for number in range(400)]
    before = [cast(random=list(VOICES)).voice_for(author, "en") for author in authors]
    again = [cast(random=list(reversed(VOICES))).voice_for(author, "zh") for author in authors]
    assert before == again
    # GIVEN by a hash that is the same on every machine
    assert before[:8] == ["ben", "ann", "cat", "dan", "dan", "dan", "dan", "ben"]
    assert all(60 <= before.count(voice) <= 140 for voice in VOICES)
    # WHEN one voice goes, only those who had it move
    after = [cast(random=["ann", "ben", "cat"]).voice_for(author, "en") for author in authors]
    moved = [old for old, new in zip(before, after, strict=True) if old != new]
    assert set(moved) == {"dan"}
    # AND nobody is nobody
    assert cast(random=["ann"]).voice_for(chat(author_id="", login="", name=""), "en") == ""


@pytest.mark.parametrize(
    "text", ["!voice ben", "!VOICE  The Ben ", "！ｖｏｉｃｅ ＢＥＮ", "@Room !voice ben"]
)
def test_a_viewer_chooses_by_id_or_name(memory: ChosenVoices, text: str) -> None:
    casting = Casting(CHOOSING, lambda: VOICES, memory)
    assert casting.command(chat(text, reply_to="x")) is Reason.VOICE_CHOSEN
    assert casting.voice_for(chat(), "en") == "ben"
    assert casting.voice_for(chat(author_id="u2"), "en") == ""
    # AND takes it back
    assert casting.command(chat("!voice")) is Reason.VOICE_CHOSEN
    assert casting.voice_for(chat(), "en") == ""


@pytest.mark.parametrize("text", ["!voice cat", "!voice gone", "!voice nobody", "!voice ben ann"])
def test_what_is_not_allowed_or_not_there_changes_nothing(memory: ChosenVoices, text: str) -> None:
    casting = Casting(CHOOSING, lambda: VOICES, memory)
    casting.command(chat("!voice ann"))
    assert casting.command(chat(text)) is Reason.COMMAND
    assert casting.voice_for(chat(), "en") == "ann"
    # AND nobody in particular can't choose
    nobody = chat("!voice ann", author_id="0", login="", name="")
    assert casting.command(nobody) is Reason.COMMAND


@pytest.mark.parametrize("text", ["!voices", "voice ben", "hello !voice ben", "!song", ""])
def test_other_lines_are_not_the_command(memory: ChosenVoices, text: str) -> None:
    casting = Casting(CHOOSING, lambda: VOICES, memory)
    assert casting.command(chat(text)) is None
    assert not len(memory)


def test_without_allowed_voices_or_a_command_nobody_chooses(memory: ChosenVoices) -> None:
    for config in (CastingConfig(), CastingConfig(allowed=["ann"], command=" ")):
        assert Casting(config, lambda: VOICES, memory).command(chat("!voice ann")) is None
    assert Casting(CHOOSING, lambda: VOICES).command(chat("!voice ann")) is None


def test_new_settings_count_at_once_and_a_choice_waits_until_it_is_allowed(
    memory: ChosenVoices,
) -> None:
    casting = Casting(CHOOSING, lambda: VOICES, memory)
    casting.command(chat("!voice ben"))
    casting.use(CastingConfig(allowed=["ann"], command="!stimme", languages={"en": "cat"}))
    assert casting.voice_for(chat(), "en") == "cat"
    assert casting.command(chat("!voice ann")) is None
    assert casting.command(chat("!stimme cat")) is Reason.COMMAND
    casting.use(CHOOSING)
    assert casting.voice_for(chat(), "en") == "ben"


NAMES = st.text(max_size=6)


@given(
    st.builds(
        CastingConfig,
        users=st.dictionaries(NAMES, NAMES, max_size=2),
        roles=st.dictionaries(NAMES, NAMES, max_size=2),
        random=st.lists(NAMES, max_size=3),
        allowed=st.lists(NAMES, max_size=3),
        command=NAMES,
    ),
    st.dictionaries(NAMES, NAMES, max_size=3),
    NAMES,
    NAMES,
)
def test_whatever_is_configured_only_voices_that_are_there_speak(
    config: CastingConfig, voices: dict[str, str], text: str, name: str
) -> None:
    casting = Casting(config, lambda: voices)
    message = chat(f"{config.command} {text}", name=name)
    assert casting.command(message) is None
    assert casting.voice_for(message, text) in {"", *voices}
