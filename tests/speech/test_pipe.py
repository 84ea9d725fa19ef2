"""The pipe between the thread that makes audio and the one that asked for it."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.pipe import ChunkPipe


def chunk(number: int) -> AudioChunk:
    return AudioChunk(np.full(1, number, np.float32), 22050)


@given(st.integers(0, 40), st.integers(1, 5))
def test_everything_arrives_in_order_through_any_width(count: int, limit: int) -> None:
    pipe = ChunkPipe(CancelToken(), limit)

    def make() -> None:
        for number in range(count):
            assert pipe.put(chunk(number))
        pipe.finish()

    maker = threading.Thread(target=make, name="maker")
    maker.start()
    got = []
    while (one := pipe.take()) is not None:
        got.append(int(one.samples[0]))
    maker.join()

    assert got == list(range(count))
    assert pipe.take() is None


@pytest.mark.parametrize("how", ["cancel", "abandon"])
def test_a_maker_before_a_full_pipe_learns_that_nobody_wants_it(how: str) -> None:
    cancel = CancelToken()
    pipe = ChunkPipe(cancel, 1)
    pipe.put(chunk(1))
    answers: list[bool] = []
    maker = threading.Thread(target=lambda: answers.append(pipe.put(chunk(2))), name="maker")
    maker.start()

    (cancel.cancel if how == "cancel" else pipe.abandon)()
    maker.join()

    assert answers == [False]
    assert pipe.take() is None


def test_an_asker_before_an_empty_pipe_is_woken_by_the_cancel() -> None:
    cancel = CancelToken()
    pipe = ChunkPipe(cancel, 1)
    answers: list[object] = []
    asker = threading.Thread(target=lambda: answers.append(pipe.take()), name="asker")
    asker.start()

    cancel.cancel()
    asker.join()

    assert answers == [None]


def test_an_error_comes_after_what_was_made_before_it() -> None:
    pipe = ChunkPipe(CancelToken(), 3)
    pipe.put(chunk(7))
    pipe.finish(EngineError("broken"))

    assert pipe.take() is not None
    with pytest.raises(EngineError, match="broken"):
        pipe.take()
