"""Writing into a `Playback` and rendering it block by block, as an output would."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.audio.playback import FADE_SECONDS

if TYPE_CHECKING:
    from ishowtts_desktop.audio.playback import Playback

RATE = 48_000
BLOCK = 480
FADE = int(RATE * FADE_SECONDS)
# What a tone of 200 Hz at half scale moves from one sample to the next, and what a fade adds.
STEP = 0.5 * 2 * math.pi * 200 / RATE + 0.5 / FADE + 1e-3


def tone(seconds: float) -> np.ndarray:
    """A low tone that begins and ends at zero."""
    time = np.arange(round(seconds * RATE)) / RATE
    return (0.5 * np.sin(2 * np.pi * 200 * time)).astype(np.float32)


def render(playback: Playback, seconds: float) -> np.ndarray:
    blocks = round(seconds * RATE / BLOCK)
    return np.concatenate([playback.render(BLOCK) for _ in range(blocks)])


def largest_step(samples: np.ndarray) -> float:
    return float(np.abs(np.diff(samples, prepend=0.0)).max())


def say(playback: Playback, tag: str, samples: np.ndarray) -> None:
    assert playback.write(tag, samples) == len(samples)
    playback.finish(tag)
