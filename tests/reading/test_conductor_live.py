"""Settings that change while chat is read, and voices by viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.reading_config import (
    CastingConfig,
    PrivateConfig,
    ReadingConfig,
    RulesConfig,
    WordsConfig,
)
from ishowtts_desktop.core.utterances import OutcomeState, Reason, Segment
from ishowtts_desktop.reading.casting import Casting
from ishowtts_desktop.reading.chosen_voices import ChosenVoices
from tests.support.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

DROPPED, REFUSED = OutcomeState.DROPPED, OutcomeState.REFUSED


def cast(config: CastingConfig, folder: Path | None = None) -> Casting:
    voices = {"mina": "Mina", "otto": "Otto", "ada": "Ada"}
    memory = ChosenVoices(folder / "chosen.json") if folder else None
    return Casting(config, lambda: voices, memory)


def test_other_settings_hold_for_what_waits_and_lose_nothing() -> None:
    stage = Stage()
    stage.hear("one", id="m1")
    stage.hear("two", "Eve", id="m2")
    stage.conductor.mute("zed")
    stage.use(reading=ReadingConfig(say_names=False, gap_seconds=1.0))
    job = stage.take()
    assert (job.utterance.text, job.gap) == ("one", 1.0)
    stage.finish(job)
    assert stage.speak() == "two"
    # AND mutes stay
    stage.hear("three", "Zed", id="m3")
    assert stage.final("m3") == (REFUSED, Reason.MUTED)
    # AND new words hold for what comes
    stage.use(words=WordsConfig(nicknames={"bob": "Bobby"}), reading=ReadingConfig())
    stage.hear("four", id="m4")
    assert stage.speak() == "Bobby says four"


def test_whether_chat_is_read_is_not_a_setting_that_changes() -> None:
    stage = Stage(reading=False)
    stage.use(reading=ReadingConfig(reading=True))
    assert not stage.conductor.state.reading


def test_a_queue_that_is_made_shorter_drops_what_does_not_fit() -> None:
    stage = Stage(queue_seconds=60.0)
    for letter in "abcdefghijkl":
        stage.hear(f"a rather long line of words about {letter}", letter, id=letter)
    assert stage.conductor.state.seconds_queued > 10.0
    stage.use(reading=ReadingConfig(queue_seconds=10.0))
    stage.conductor.forget_stale()
    assert 0 < stage.conductor.state.seconds_queued <= 10.0


def test_what_a_rule_remembers_is_asked_for_what_comes() -> None:
    stage = Stage(sections={"rules": RulesConfig(repeat_cooldown=30.0)})
    stage.hear("hello", id="m1")
    stage.hear("Hello!", id="m2")
    assert stage.final("m2") == (REFUSED, Reason.REPEATED)


def test_what_is_forbidden_from_now_on_is_dropped_even_when_it_waits() -> None:
    stage = Stage()
    stage.hear("one", "Eve", id="m1")
    stage.hear("a spoiler", "Ann", id="m2")
    stage.hear("my name is smith", "Zed", id="m3")
    stage.hear("fine", id="m4")
    first = stage.take()
    stage.use(
        rules=RulesConfig(blocked_users=["eve"], blocked_words=["spoiler"]),
        private=PrivateConfig(words=["smith"]),
    )
    assert first.cancel.cancelled
    ends = {name: stage.final(name) for name in ("m1", "m2", "m3")}
    assert ends == {
        "m1": (DROPPED, Reason.BLOCKED_USER),
        "m2": (DROPPED, Reason.BLOCKED_WORD),
        "m3": (DROPPED, Reason.PRIVATE_WORD),
    }
    assert stage.speak() == "Bob says fine"


def test_a_private_word_is_the_reason_before_all_others() -> None:
    # No history keeps a text with that reason, whatever else speaks against the message.
    stage = Stage(sections={"private": PrivateConfig(words=["smith"])})
    stage.conductor.mute("eve")
    stage.hear("hello smith", "Eve", id="m1")
    stage.hear("!so smith", id="m2")
    stage.conductor.stop()
    stage.hear("smith", id="m3")
    ends = [stage.final(name) for name in ("m1", "m2", "m3")]
    assert ends == [(REFUSED, Reason.PRIVATE_WORD)] * 3


# Voices.


def test_each_viewer_has_the_voice_that_the_casting_gives() -> None:
    stage = Stage(casting=cast(CastingConfig(users={"eve": "mina", "ann": "gone"})))
    for author in ("Eve", "Ann"):
        stage.hear("hello", author, id=author)
    assert [stage.take().segments, stage.take().segments] == [
        (Segment("Eve says hello", "en", "mina"),),
        (Segment("Ann says hello", "en", ""),),
    ]


def test_a_name_may_have_a_voice_of_its_own() -> None:
    stage = Stage(casting=cast(CastingConfig(users={"eve": "mina"}, names="otto")))
    stage.hear("hello", "Eve", id="m1")
    job = stage.take()
    assert job.utterance.text == "Eve says hello"
    assert [(s.text.strip(), s.voice) for s in job.segments] == [
        ("Eve says", "otto"),
        ("hello", "mina"),
    ]
    stage.finish(job)
    # AND the streamer's own line has the voice that was asked for
    stage.conductor.say("mine", "ada")
    assert stage.take().segments == (Segment("mine", "en", "ada"),)


def test_a_viewer_chooses_a_voice(tmp_path: Path) -> None:
    stage = Stage(casting=cast(CastingConfig(allowed=["mina"]), tmp_path))
    stage.hear("!voice Mina", "Eve", id="m1")
    stage.hear("!voice Otto", "Eve", id="m2")
    stage.hear("!song", "Eve", id="m3")
    stage.hear("hello", "Eve", id="m4")
    assert stage.final("m1") == (REFUSED, Reason.VOICE_CHOSEN)
    assert {stage.final("m2"), stage.final("m3")} == {(REFUSED, Reason.COMMAND)}
    assert stage.take().segments[0].voice == "mina"


def test_who_is_muted_or_silenced_chooses_no_voice(tmp_path: Path) -> None:
    stage = Stage(casting=cast(CastingConfig(allowed=["mina"]), tmp_path))
    stage.conductor.mute("eve")
    stage.hear("!voice Mina", "Eve", id="m1")
    stage.conductor.unmute("eve")
    stage.conductor.panic()
    stage.hear("!voice Mina", "Eve", id="m2")
    stage.conductor.release()
    assert stage.final("m1") == (REFUSED, Reason.MUTED)
    assert stage.final("m2") == (REFUSED, Reason.PANIC)
    stage.hear("hello", "Eve", id="m3")
    assert stage.take().segments[0].voice == ""
