"""What a moderator takes back is not said, or not said to its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ishowtts_desktop.core.config import AudioConfig, Config
from ishowtts_desktop.core.reading_config import ReadingConfig
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from tests.support.pipeline import RunningPipeline
from tests.support.signal import Recording
from tests.support.speaking import espeak, say
from tests.support.tagged_server import TaggedServer
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.pulse import PulseServer, Recorder

LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
AUDIBLE = 0.002
ATTEMPTS = 3


@pytest.fixture
def server() -> Iterator[TaggedServer]:
    with TaggedServer() as server:
        yield server


@pytest.fixture
def running(
    server: TaggedServer, sound: PulseServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RunningPipeline]:
    for name, value in sound.env.items():
        monkeypatch.setenv(name, value)
    config = Config(reading=ReadingConfig(say_names=False), audio=AudioConfig(volume=1.0))
    with RunningPipeline(config, server, tmp_path) as running:
        server.wait_for_listeners()
        wait_until(lambda: running.output.position > 0.2, 20, "the device plays")
        yield running


def wait_until_heard(recorder: Recorder) -> None:
    """Return when speech has come out of the loudspeaker."""
    tail = recorder.rate // 10
    wait_until(lambda: np.abs(recorder.samples()[-tail:]).max(initial=0) > 0.05, 20, "speech")


def test_a_message_that_is_being_said_stops_at_once(
    running: RunningPipeline,
    server: TaggedServer,
    sound: PulseServer,
    figure: Callable[[str], None],
) -> None:
    # Another process that takes the processor delays us once; what we do ourselves, every time.
    for _attempt in range(ATTEMPTS):
        given, silent = remove_while_speaking(running, server, sound)
        ended = f"last sample after {given * 1000:.0f} ms, silence after {silent * 1000:.0f} ms"
        figure(f"removal: {ended}")
        if given < 0.100 and silent < 0.150:
            break
    # THEN the device gets no more of it after 100 ms, and it is silent within 150 ms
    assert given < 0.100
    assert silent < 0.150


def remove_while_speaking(
    running: RunningPipeline, server: TaggedServer, sound: PulseServer
) -> tuple[float, float]:
    """Delete a message in the middle of its speech.

    Returns the seconds from there to the last audible sample given to the device, and to the last
    one in the recording of what the device plays.
    """
    with sound.record() as recorder:
        id_ = server.say(LONG)
        wait_until_heard(recorder)
        time.sleep(0.5)
        told = len(running.outcomes)
        recorded, removed_at = recorder.frames, time.monotonic()
        server.clearmsg(id_)
        wait_until(lambda: running.outcomes[told:], 10, "the removal")
        wait_until(lambda: recorder.frames > recorded + recorder.rate, 20, "a second more")
        heard = recorder.stop()
    outcome = running.outcomes[-1]
    assert outcome.state is OutcomeState.REMOVED
    assert outcome.reason is Reason.MESSAGE_DELETED
    given = running.output.last_audible_at - removed_at
    last = int(np.flatnonzero(np.abs(heard) > AUDIBLE)[-1])
    return given, (last - recorded) / recorder.rate


def test_what_waits_is_never_said_when_it_or_its_author_is_taken_back(
    running: RunningPipeline, server: TaggedServer, sound: PulseServer
) -> None:
    with sound.record() as recorder:
        # GIVEN a message that is being said, and others that wait
        server.say("alpha beta gamma delta epsilon zeta eta theta")
        deleted = server.say("forbidden elephants dance")
        server.say("banned penguins whistle", name="Troll")
        server.say("another horrible trombone", name="Troll")
        server.say("friendly marmalade sandwich", name="Carol")
        wait_until(lambda: running.pipeline.conductor.state.queued == 4, 20, "four wait")
        # WHEN one is deleted and an author is banned
        server.clearmsg(deleted)
        server.clearchat("troll")
        wait_until(lambda: running.final("friendly marmalade sandwich"), 30, "the last is said")
        # What was handed over is heard a little later.
        recorded = recorder.frames
        wait_until(lambda: recorder.frames > recorded + recorder.rate // 2, 20, "its end")
        heard = Recording(recorder.stop(), recorder.rate)
    # THEN only the others were heard
    with espeak() as voice:
        found = {
            text: heard.find(say(voice, text), 22_050).correlation
            for text in (
                "forbidden elephants dance",
                "banned penguins whistle",
                "another horrible trombone",
                "friendly marmalade sandwich",
            )
        }
    assert found.pop("friendly marmalade sandwich") > 0.9
    assert max(found.values()) < 0.5
    reasons = {o.text.split()[0]: o.reason for o in running.outcomes if o.state.final}
    assert reasons["forbidden"] is Reason.MESSAGE_DELETED
    assert reasons["banned"] is reasons["another"] is Reason.AUTHOR_BANNED


def test_an_emptied_chat_falls_silent(running: RunningPipeline, server: TaggedServer) -> None:
    texts = ["first of all a rather long sentence", "second", "third"]
    for text in texts:
        server.say(text)
    wait_until(lambda: running.pipeline.conductor.state.queued == 2, 20, "two wait")
    server.clearchat()
    for text in texts:
        outcome = wait_until(lambda text=text: running.final(text), 10, text)
        assert outcome.reason is Reason.CHAT_CLEARED
    assert running.pipeline.conductor.state.speaking is None
