"""Whatever is written, stopped, paused and rendered in whatever order."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.audio.playback import Playback
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.clock import SystemClock

RATE = 8_000
FADE = 40
# Each utterance has a level of its own, so that every sample that is heard tells whose it is.
LEVELS = [round(0.05 + 0.03 * number, 2) for number in range(30)]

ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(1, 900)),
        st.tuples(st.just("finish"), st.integers(0, 300)),
        st.tuples(st.just("stop"), st.integers(0, 2)),
        st.tuples(st.just("pause"), st.just(0)),
        st.tuples(st.just("resume"), st.just(0)),
        st.tuples(st.just("render"), st.integers(0, 700)),
    ),
    max_size=60,
)


@dataclass
class Play:
    """Runs actions on a playback and keeps what should be known about it."""

    playback: Playback = field(default_factory=lambda: Playback(SystemClock(), RATE, seconds=0.5))
    number: int = 0
    written: dict[int, int] = field(default_factory=dict)
    stopped_at: dict[int, int] = field(default_factory=dict)
    rests: dict[int, int] = field(default_factory=dict)
    disturbed: bool = False
    out: list[np.ndarray] = field(default_factory=list)

    @property
    def frames(self) -> int:
        return sum(map(len, self.out))

    def act(self, action: str, value: int) -> None:
        if action == "write" and self.number < len(LEVELS):
            samples = np.full(value, LEVELS[self.number], np.float32)
            taken = self.playback.write(str(self.number), samples)
            if self.number not in self.stopped_at:
                self.written[self.number] = self.written.get(self.number, 0) + taken
        elif action == "finish" and self.number < len(LEVELS):
            self.playback.finish(str(self.number), value / RATE)
            self.rests[self.number] = value
            self.number += 1
        elif action == "stop" and self.number - value >= 0:
            target = self.number - value
            self.playback.stop(str(target))
            if target in self.written:
                self.stopped_at.setdefault(target, self.frames)
            self.disturbed = True
        elif action == "render":
            self.out.append(self.playback.render(value))
        elif action in ("pause", "resume"):
            getattr(self.playback, action)()
            self.disturbed = True

    def finish(self) -> np.ndarray:
        self.playback.finish(str(self.number))
        self.playback.resume()
        self.out += [self.playback.render(RATE) for _ in range(4)]
        return np.concatenate(self.out)


@given(ACTIONS)
@settings(max_examples=300)
def test_stopped_utterances_fall_silent_and_the_others_are_heard_in_order(
    actions: list[tuple[str, int]],
) -> None:
    play = Play()
    for action, value in actions:
        play.act(action, value)
    heard = play.finish()
    assert np.isfinite(heard).all()
    assert np.abs(heard).max(initial=0.0) <= 1.0
    assert play.playback.buffered == 0
    ends, rest = 0.0, 0
    for number, frames in play.written.items():
        played = play.playback.wait(str(number), CancelToken())
        if number in play.stopped_at:
            # Nothing of it sounds later than a fade after the stop. Another one's fade may pass
            # through its level, but doesn't stay there.
            end = play.stopped_at[number] + FADE
            assert round((played.ended_at or 0) * RATE) <= end
            late = np.isclose(heard[end:], LEVELS[number], atol=1e-6)
            assert not (late[1:] & late[:-1]).any()
            continue
        assert played.complete
        if not frames:
            continue
        assert played.started_at is not None
        assert played.ended_at is not None
        assert round((played.started_at - ends) * RATE) >= rest
        ends, rest = played.ended_at, play.rests.get(number, 0)
        first, last = round(played.started_at * RATE), round(played.ended_at * RATE)
        exact = np.isclose(heard[first:last], LEVELS[number], atol=1e-6).sum()
        if not play.disturbed and not play.playback.underruns:
            assert exact == frames == last - first
        assert exact <= frames


@given(
    st.lists(
        st.tuples(st.integers(0, 999), st.lists(st.integers(0, 1500), max_size=4)), max_size=12
    ),
    st.lists(st.integers(1, 1000), min_size=1, max_size=20),
)
@settings(max_examples=150)
def test_whatever_the_sizes_the_samples_are_the_same(
    utterances: list[tuple[int, list[int]]], blocks: list[int]
) -> None:
    # GIVEN utterances of random samples, in chunks of any size
    playback = Playback(SystemClock(), RATE, seconds=0.3)
    written: list[np.ndarray] = []
    heard: list[np.ndarray] = []
    turn = 0
    for number, (seed, sizes) in enumerate(utterances):
        random = np.random.default_rng(seed)
        for size in sizes:
            samples = random.uniform(-1, 1, size).astype(np.float32)
            written.append(samples)
            # WHEN they are written as far as they fit, and blocks of any size are drained
            while len(samples):
                samples = samples[playback.write(f"{number}", samples) :]
                if len(samples):
                    heard.append(playback.drain(blocks[turn % len(blocks)]))
                    turn += 1
        playback.finish(f"{number}")
    while len(block := playback.drain(1000)):
        heard.append(block)
    # THEN what comes out is what went in
    np.testing.assert_array_equal(np.concatenate([*heard, []]), np.concatenate([*written, []]))


def test_a_writer_and_a_renderer_in_two_threads_lose_nothing() -> None:
    # GIVEN a thread that writes noise in uneven chunks, much more than the buffer holds
    playback = Playback(SystemClock(), RATE, seconds=0.2)
    noise = np.random.default_rng(7).uniform(-1, 1, 8 * RATE).astype(np.float32)

    def write_all() -> None:
        rest = noise
        while len(rest):
            rest = rest[playback.write("a", rest[:777]) :]
        playback.finish("a")

    writer = threading.Thread(target=write_all, name="writer")
    writer.start()
    # WHEN another one renders at the same time
    heard: list[np.ndarray] = []
    while writer.is_alive():
        heard.append(playback.drain(480))
    writer.join()
    while len(block := playback.drain(480)):
        heard.append(block)
    # THEN it gets every sample
    np.testing.assert_array_equal(np.concatenate(heard), noise)
    assert playback.wait("a", CancelToken()).complete
