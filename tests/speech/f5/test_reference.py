"""What may be cloned, and what is said of a recording that may not."""

from __future__ import annotations

import numpy as np
import pytest

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import HOP, SAMPLE_RATE
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.reference import Recording, Reference, prepare, sentence
from tests.support.signal import chirp


def ready(samples: np.ndarray, rate: int = SAMPLE_RATE, text: str = "Words.") -> Reference:
    return prepare(Recording(samples.astype(np.float32), rate, text), MelSpectrogram())


def test_a_quiet_recording_is_lifted_for_the_model() -> None:
    loud, quiet = ready(chirp(2, SAMPLE_RATE)), ready(chirp(2, SAMPLE_RATE) * 0.02)
    assert loud.heard.lift == 1.0
    assert quiet.heard.lift > 5
    # Both are heard at a loudness that the model knows.
    assert float(quiet.mel.max()) > float(loud.mel.max()) - 2.0


def test_frames_are_whole_hops_and_the_mel_has_one_more() -> None:
    reference = ready(chirp(2, SAMPLE_RATE))
    assert reference.frames == (2 * SAMPLE_RATE + SAMPLE_RATE // 20) // HOP
    assert len(reference.mel) == reference.frames + 1
    assert reference.seconds == pytest.approx(2.05, abs=0.02)


def test_eight_kilohertz_stereo_is_taken() -> None:
    stereo = np.stack([chirp(2, 8000)] * 2, axis=1)
    assert abs(ready(stereo, 8000).frames - ready(chirp(2, SAMPLE_RATE)).frames) <= 1


@pytest.mark.parametrize(
    ("samples", "word"),
    [
        (chirp(0.2, SAMPLE_RATE), "too short"),
        (chirp(60, SAMPLE_RATE), "too long"),
        (np.zeros(3 * SAMPLE_RATE), "silent"),
        (np.full(3 * SAMPLE_RATE, np.nan), "damaged"),
        (np.full(3 * SAMPLE_RATE, np.inf), "damaged"),
        (np.zeros((2, 2, SAMPLE_RATE)), "damaged"),
        (np.zeros(0), "too short"),
    ],
)
def test_a_recording_that_cannot_be_cloned_says_why_and_what_to_do(
    samples: np.ndarray, word: str
) -> None:
    with pytest.raises(EngineError, match=word) as caught:
        ready(samples)
    assert caught.value.advice


def test_a_recording_without_its_words_is_refused() -> None:
    with pytest.raises(EngineError, match="no text"):
        ready(chirp(2, SAMPLE_RATE), text=" ")


@pytest.mark.parametrize(
    ("text", "ended"),
    [("Hi", "Hi. "), ("Hi.", "Hi. "), ("Hi. ", "Hi. "), ("你好。", "你好。"), ("Hi!", "Hi!. ")],
)
def test_a_text_ends_as_the_model_was_trained(text: str, ended: str) -> None:
    assert sentence(text) == ended
