"""The vocoder against the published one, whole and in pieces."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.speech.f5 import vocos
from ishowtts_desktop.speech.f5.arch import HOP, MEL_BANDS
from tests.support.f5_pair import apart, our_vocos
from tests.support.stock_f5 import stock_vocos

FRAMES = 150


def mel_of(frames: int, batch: int = 1) -> torch.Tensor:
    noise = torch.randn(batch, frames, MEL_BANDS, generator=torch.Generator().manual_seed(frames))
    return 2 * noise - 2


@pytest.fixture(scope="module")
def whole() -> torch.Tensor:
    samples: torch.Tensor = our_vocos()(mel_of(FRAMES))
    return samples


@pytest.mark.parametrize(("frames", "batch"), [(2, 1), (3, 2), (50, 3), (211, 1)])
def test_samples_are_the_published_ones(frames: int, batch: int) -> None:
    mel = mel_of(frames, batch)
    theirs = stock_vocos().decode(mel.transpose(1, 2))
    assert float(theirs.std()) > 0.1
    assert apart(our_vocos()(mel), theirs) <= 1e-5


def test_the_limit_on_magnitudes_is_reached_in_these_tests() -> None:
    with torch.inference_mode():
        magnitudes = our_vocos()._spectrum(mel_of(FRAMES)).abs()
    assert 0 < int((magnitudes > 0.999 * vocos.LOUDEST).sum()) < magnitudes.numel() / 20


@settings(max_examples=40)
@given(start=st.integers(0, FRAMES), length=st.integers(0, FRAMES))
def test_a_piece_sounds_as_in_the_whole(whole: torch.Tensor, start: int, length: int) -> None:
    mel, stop = mel_of(FRAMES), min(FRAMES, start + length)
    piece = our_vocos().piece(mel, start, stop)
    expected = whole[:, start * HOP : stop * HOP]
    assert piece.shape == expected.shape
    if piece.numel():
        assert apart(piece, expected) <= 1e-5


def test_pieces_one_after_the_other_are_the_whole(whole: torch.Tensor) -> None:
    cuts = [0, 1, 40, 41, 97, 149, FRAMES]
    pieces = [our_vocos().piece(mel_of(FRAMES), start, stop) for start, stop in pairwise(cuts)]
    assert [piece.shape[1] for piece in pieces] == [256, 39 * 256, 256, 56 * 256, 52 * 256, 0]
    assert apart(torch.cat(pieces, dim=1), whole) <= 1e-5


def test_a_piece_with_too_little_around_it_would_be_heard(
    whole: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocos, "REACH", 4)
    piece = our_vocos().piece(mel_of(FRAMES), 60, 90)
    assert apart(piece, whole[:, 60 * HOP : 90 * HOP]) > 1e-3


def test_a_frame_reaches_exactly_as_far_as_is_said() -> None:
    # GIVEN one frame that poisons all that it touches
    mel = mel_of(FRAMES)
    mel[0, 75] = torch.nan
    # WHEN it is decoded
    poisoned = our_vocos()(mel)[0].isnan().nonzero().flatten()
    # THEN the samples up to REACH frames away are lost, and no others
    assert int(poisoned[0]) == (75 - vocos.REACH) * HOP
    assert int(poisoned[-1]) == (75 + vocos.REACH) * HOP - 1
