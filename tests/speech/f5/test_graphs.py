"""Which lengths are recorded and replayed, with a recorder that replays by calling.

What CUDA does with a graph is in test_on_gpu.py; everything around it is the same here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.speech.f5.graphs import GraphedSteps
from ishowtts_desktop.speech.f5.sampler import SNAP
from tests.support.f5_pair import V1, apart, pair, speak, utterance

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.speech.f5.sampler import Conditions
    from tests.support.f5_pair import Utterance

LONGEST = 256


class Recorder:
    """Replays by doing the step again; counts both."""

    def __init__(self) -> None:
        self.records = self.replays = self.forgets = 0

    def record(self, step: Callable[[], None]) -> Callable[[], None]:
        self.records += 1
        # As CUDA does, the step runs while it is recorded, over whatever the buffers hold.
        step()

        def replay() -> None:
            self.replays += 1
            step()

        return replay

    def forget(self) -> None:
        self.forgets += 1


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def graphs(recorder: Recorder) -> GraphedSteps:
    return GraphedSteps(pair().sampler, pair().tables(), 2.0, recorder, longest=LONGEST)


def ready(said: Utterance, padded: int | None = None) -> Conditions:
    return pair().sampler.prepare(said.reference, said.tokens, said.frames, padded)


def test_a_replayed_utterance_is_the_eager_one(graphs: GraphedSteps, recorder: Recorder) -> None:
    # GIVEN several lengths, recorded once each
    graphs.want([64, 96, 128])
    while graphs.record_wanted():
        pass
    assert graphs.captures == recorder.records == 3
    # WHEN they come in any order, twice THEN each is what the eager steps make of it
    for frames in (96, 128, 64, 64, 128, 96):
        said = utterance(V1, frames, 20, seed=frames)
        conditions = ready(said)
        assert graphs.takes(conditions)
        mel = graphs.sample(conditions, said.noise)
        assert mel is not None
        assert apart(mel, speak(pair(), said)) <= 1e-5
    assert recorder.records == 3
    assert recorder.replays == 6 * 7


def test_a_new_length_is_not_taken_and_recorded_when_there_is_time(graphs: GraphedSteps) -> None:
    conditions = ready(utterance(V1, 96, 20))
    assert not graphs.takes(conditions)
    assert not graphs.takes(conditions)
    # WHEN there is time
    assert graphs.record_wanted()
    # THEN it is taken, and nothing more is wanted
    assert graphs.takes(conditions)
    assert not graphs.record_wanted()


@pytest.mark.parametrize(
    ("frames", "padded"),
    [(90, None), (90, 96), (LONGEST + SNAP, None)],
    ids=["odd", "masked", "long"],
)
def test_what_no_graph_can_do_is_never_recorded(
    graphs: GraphedSteps, frames: int, padded: int | None
) -> None:
    assert not graphs.takes(ready(utterance(V1, frames, 20), padded))
    graphs.want([frames])
    assert not graphs.record_wanted()


@given(st.lists(st.integers(1, 2 * LONGEST), max_size=30))
def test_wanted_lengths_are_recorded_once_in_their_order(lengths: list[int]) -> None:
    recorder = Recorder()
    graphs = GraphedSteps(pair().sampler, pair().tables(), 2.0, recorder, longest=LONGEST)
    recorded: list[int] = []
    graphs._sampler = pair().sampler
    views = graphs._views
    graphs._views = lambda frames: (recorded.append(frames), views(frames))[1]  # type: ignore[method-assign]
    recorder.record = lambda step: step  # type: ignore[method-assign]
    graphs.want(lengths)
    while graphs.record_wanted():
        pass
    fitting = [frames for frames in lengths if frames % SNAP == 0 and frames <= LONGEST]
    assert recorded == list(dict.fromkeys(fitting))


def test_a_cancel_is_seen_before_the_next_step(graphs: GraphedSteps, recorder: Recorder) -> None:
    said, cancel = utterance(V1, 64, 20), CancelToken()
    graphs.want([64])
    graphs.record_wanted()
    replay = graphs._recorded[64].replay

    def third() -> None:
        replay()
        if recorder.replays == 3:
            cancel.cancel()

    object.__setattr__(graphs._recorded[64], "replay", third)
    assert graphs.sample(ready(said), said.noise, cancel) is None
    assert recorder.replays == 3


def test_forgetting_gives_up_everything_and_begins_again(
    graphs: GraphedSteps, recorder: Recorder
) -> None:
    graphs.want([64, 96])
    graphs.record_wanted()
    graphs.forget()
    assert (graphs.captures, recorder.forgets) == (0, 1)
    assert not graphs.record_wanted()
    graphs.want([64])
    assert graphs.record_wanted()


def test_a_recording_that_fails_is_wanted_still(graphs: GraphedSteps, recorder: Recorder) -> None:
    def full(step: Callable[[], None]) -> Callable[[], None]:
        raise torch.cuda.OutOfMemoryError("CUDA out of memory.")

    graphs.want([64])
    recorder.record = full  # type: ignore[method-assign]
    with pytest.raises(torch.cuda.OutOfMemoryError):
        graphs.record_wanted()
    assert not graphs.takes(ready(utterance(V1, 64, 20)))
    del recorder.record
    assert graphs.record_wanted()
