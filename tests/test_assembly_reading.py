"""The pipeline's settings while it runs, its panic, its voice gate, and what it keeps."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ishowtts_desktop.assembly import Pipeline
from ishowtts_desktop.audio.output import OutputState
from ishowtts_desktop.chat.emote_lists.lists import EmoteLists
from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.core.messages import Removal, RemovalScope
from ishowtts_desktop.core.reading_config import CastingConfig, GateConfig, RulesConfig, WordsConfig
from ishowtts_desktop.core.utterances import Outcome, OutcomeState, Reason
from ishowtts_desktop.engines import make_embedded
from ishowtts_desktop.reading.chosen_voices import ChosenVoices
from ishowtts_desktop.reading.history import History
from ishowtts_desktop.reading.sampler import EVERY_SECONDS
from ishowtts_desktop.voice_book import VoiceBook
from tests.support.clock import FakeClock
from tests.support.fakes import FakeEngine, FakeOutput
from tests.support.hand_fed import RATE, HandFed
from tests.support.messages import chat
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.core.errors import VoiceError
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.reading.conductor import Job

LOUD = np.full(RATE // 2, 0.5, np.float32)
QUIET = np.zeros(RATE, np.float32)


class Desk:
    """A pipeline that is open, without threads of its own but for the gate's and the hub's."""

    def __init__(self, folder: Path, config: Config, **parts: Any) -> None:
        self.clock = FakeClock()
        self.output = FakeOutput(self.clock)
        self.config = config
        self.outcomes: list[Outcome] = []
        history = History(folder / "history.sqlite", self.clock)
        self.pipeline = Pipeline(config, self.output, FakeEngine(), history, self.clock, **parts)
        self.pipeline.conductor.watch(self.outcomes.append)

    def hear(self, text: str, name: str = "Bob") -> None:
        now = self.clock.now()
        message = chat(
            text, id=text, login=name.lower(), name=name, author_id=name, received_at=now
        )
        self.pipeline.conductor.handle(message)

    def take(self) -> Job | None:
        return self.pipeline.conductor.take(0.0)

    def ends(self) -> dict[str, Reason | None]:
        return {o.text: o.reason for o in self.outcomes if o.state.final}


@contextmanager
def opened(folder: Path, config: Config | None = None, **parts: Any) -> Iterator[Desk]:
    desk = Desk(folder, config or Config(), **parts)
    desk.pipeline.start()
    try:
        yield desk
    finally:
        assert desk.pipeline.shutdown()


def test_settings_change_while_chat_is_read(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.hear("hello there", "Eve")
        desk.hear("a spoiler", "Ann")
        config = desk.config.model_copy(deep=True)
        config.rules = RulesConfig(blocked_words=["spoiler"], minimum_role="moderator")
        config.words = WordsConfig(nicknames={"eve": "Evi"})
        desk.pipeline.use_reading(config)
        # WHEN the caller's own copy changes afterwards THEN nothing happens
        config.reading.say_names = False
        job = desk.take()
        assert job is not None
        assert job.utterance.text == "Evi says hello there"
        desk.hear("fine", "Zed")
        assert desk.ends() == {"a spoiler": Reason.BLOCKED_WORD, "fine": Reason.ROLE}


def test_words_that_are_emotes_are_asked_for_only_when_wanted(tmp_path: Path) -> None:
    class Known(EmoteLists):
        def names(self, message: ChatMessage) -> frozenset[str]:
            return frozenset({"peepoHappy"})

    with opened(tmp_path, emotes=Known(tmp_path / "emotes", FakeClock())) as desk:
        desk.hear("peepoHappy")
        config = desk.config.model_copy(deep=True)
        config.reading.emote_lists = False
        desk.pipeline.use_reading(config)
        desk.hear("peepoHappy ", "Eve")
        assert desk.ends() == {"peepoHappy": Reason.NOTHING_TO_SAY}


def test_panic_is_silence_until_it_is_released(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.hear("one")
        job = desk.take()
        assert job is not None
        desk.pipeline.panic()
        assert desk.output.stopped == [job.tag]
        desk.hear("two")
        assert desk.ends() == {"one": Reason.PANIC, "two": Reason.PANIC}
        desk.pipeline.release()
        desk.hear("three")
        assert desk.take() is not None


def test_the_age_of_the_queue_is_that_of_what_waits_longest(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        assert desk.pipeline.queue_age == 0.0
        desk.hear("one")
        desk.clock.advance(3.0)
        desk.hear("two", "Eve")
        desk.clock.advance(1.5)
        assert desk.pipeline.queue_age == 4.5
        desk.take()
        assert desk.pipeline.queue_age == 1.5
    with closing(sqlite3.connect(tmp_path / "history.sqlite")) as connection:
        kept = connection.execute("SELECT queued, age FROM queue_samples").fetchall()
    assert kept == [(1, 0.0)]


def test_viewers_keep_the_voices_that_they_chose(tmp_path: Path) -> None:
    book = VoiceBook(None, make_embedded)
    voice = book.voices()[0]
    config = Config(casting=CastingConfig(allowed=[voice.id]))
    file = tmp_path / "chosen.json"
    with opened(tmp_path, config, book=book, chosen=ChosenVoices(file)) as desk:
        desk.hear(f"!voice {voice.name}")
        assert list(desk.ends().values()) == [Reason.VOICE_CHOSEN]
        # WHEN the streamer's machine loses its power a while later THEN it is known all the same
        desk.clock.advance(EVERY_SECONDS)
        desk.hear("fine")
        wait_until(file.exists)
    with opened(tmp_path, config, book=book, chosen=ChosenVoices(file)) as desk:
        desk.hear("hello")
        job = desk.take()
        assert job is not None
        assert job.segments[0].voice == voice.id


def test_choices_that_can_not_be_kept_are_told(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.pipeline.watch_chosen_problem(lambda _: None)
    (tmp_path / "chosen").mkdir()
    told: list[VoiceError | None] = []
    with opened(tmp_path, chosen=ChosenVoices(tmp_path / "chosen")) as desk:
        desk.pipeline.watch_chosen_problem(told.append)
        assert "can't be read" in str(told)


def test_what_is_refused_is_known_before_anybody_is_shown_it(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        order: list[str] = []
        desk.pipeline.conductor.watch(lambda outcome: order.append(outcome.state.value))
        desk.pipeline.watch_events(lambda event: order.append(type(event).__name__))
        message = chat("!hype", received_at=desk.clock.now())
        removal = Removal("twitch", "room", RemovalScope.ALL)
        for event in (message, replace(message, id="m2", text="fine"), removal):
            desk.pipeline._take_event(event)
        assert order == ["refused", "ChatMessage", "queued", "ChatMessage", "Removal", "removed"]


def test_a_lost_device_sends_back_what_was_made_ahead(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        for name in ("one", "two"):
            desk.hear(name, name)
        first, second = desk.take(), desk.take()
        assert first is not None
        assert second is not None
        desk.output.tell(OutputState(ready=True))
        assert not second.cancel.cancelled
        desk.output.tell(OutputState(ready=False))
        assert (first.cancel.cancelled, second.cancel.cancelled) == (False, True)


# The voice gate.


def gated(mode: str) -> Config:
    gate = {"attack_seconds": 0.1, "release_seconds": 0.2, "duck_db": -20.0, "mode": mode}
    return Config(gate=GateConfig.model_validate(gate))


def test_without_devices_there_is_no_gate(tmp_path: Path) -> None:
    with opened(tmp_path, gated("hold")) as desk:
        desk.pipeline.watch_gate_problem(lambda _: None)
        desk.pipeline.use_reading(gated("duck"))
        assert desk.pipeline.gate is None


def test_nothing_begins_while_the_streamer_talks(tmp_path: Path) -> None:
    devices = HandFed()
    with opened(tmp_path, gated("hold"), devices=devices) as desk:
        wait_until(lambda: devices.listening)
        devices.feed(LOUD)
        wait_until(lambda: desk.pipeline.conductor.state.held)
        desk.hear("one")
        assert desk.take() is None
        assert desk.output.ducked == 1.0
        devices.feed(QUIET)
        wait_until(lambda: not desk.pipeline.conductor.state.held)
        assert desk.take() is not None


def test_the_voice_is_lowered_while_the_streamer_talks(tmp_path: Path) -> None:
    devices = HandFed()
    with opened(tmp_path, gated("duck"), devices=devices) as desk:
        wait_until(lambda: devices.listening)
        devices.feed(LOUD)
        wait_until(lambda: desk.output.ducked != 1.0)
        assert desk.output.ducked == pytest.approx(0.1)
        assert not desk.pipeline.conductor.state.held
        # WHEN it is switched off in the middle of a word THEN all is as before
        desk.pipeline.use_reading(gated("off"))
        wait_until(lambda: desk.output.ducked == 1.0)


def test_what_is_wrong_with_the_microphone_is_told(tmp_path: Path) -> None:
    told: list[AudioError | None] = []
    devices = HandFed(fault=AudioError("no microphone", "plug one in"))
    desk = Desk(tmp_path, gated("hold"), devices=devices)
    desk.pipeline.watch_gate_problem(told.append)
    desk.pipeline.start()
    try:
        wait_until(lambda: bool(told))
        assert str(told[0]) == "no microphone plug one in"
        desk.hear("one")
        assert desk.take() is not None
    finally:
        assert desk.pipeline.shutdown()
    assert OutcomeState.DROPPED in {o.state for o in desk.outcomes}
