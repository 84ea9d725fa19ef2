"""The voice to be cloned: a recording and its words, made ready for the model."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from ishowtts_desktop.core.errors import VoiceUnfit
from ishowtts_desktop.core.speaking_rate import SpeakingRate
from ishowtts_desktop.sound.loudness import TARGET_LUFS, integrated_loudness
from ishowtts_desktop.speech.f5.arch import HOP, SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ishowtts_desktop.speech.f5.mel import MelSpectrogram

LOUDNESS = 0.1
"""Root mean square that a quieter recording is lifted to before the model hears it."""
SHORTEST, LONGEST = 0.5, 15.0
TAIL_SECONDS = 0.05
SILENT = 1e-4
ENDS = (". ", "。")
# What may stand in a voice's file; anything else is measured anew.
_LOUDEST_LUFS: Final = 5.0
_SPOKEN_SHARE: Final = 0.2
"""A recording with less speech than this has something in it that isn't told from noise."""


@dataclass(frozen=True)
class Recording:
    """What a voice is cloned from: samples (n,) or (n, channels) at ``rate`` Hz, and text.

    ``loudness`` in LUFS is measured where it isn't given; ``speed`` is a factor on the voice's
    natural rate. The samples are never changed in place: they are told from others once.
    """

    samples: NDArray[np.float32]
    rate: int
    text: str
    loudness: float | None = None
    speed: float = 1.0

    @cached_property
    def sound(self) -> str:
        """What recordings of equal sound have in common: a hash of all but text and speed."""
        samples = np.ascontiguousarray(self.samples, np.float32)
        told = repr((samples.shape, self.rate, self.loudness)).encode()
        return hashlib.blake2b(samples.tobytes(), key=hashlib.sha256(told).digest()).hexdigest()


@dataclass(frozen=True)
class Heard:
    """The sound of a recording as the model takes it.

    ``mel`` (r, 100) float32, of which ``frames`` count, is of the sound made louder by ``lift``;
    ``gain`` brings what is generated from it to `TARGET_LUFS`. ``spoken`` is how many seconds of it
    are speech. ``projected`` (r, dim) is the mel's share of the transformer's input, None where no
    model has seen it yet.
    """

    mel: torch.Tensor
    frames: int
    lift: float
    gain: float
    spoken: float
    projected: torch.Tensor | None = None

    @property
    def bytes(self) -> int:
        """How much memory it takes, on whatever device."""
        tensors = (self.mel, self.projected)
        return sum(t.numel() * t.element_size() for t in tensors if t is not None)


@dataclass(frozen=True)
class Reference:
    """A recording and its words, as the model takes them.

    ``text`` ends as a sentence, ``rate`` is how fast it is spoken, ``speed`` a factor on that.
    ``sound`` is the recording's.
    """

    heard: Heard
    text: str
    rate: SpeakingRate
    speed: float = 1.0
    sound: str = ""

    @property
    def mel(self) -> torch.Tensor:
        """See `Heard`."""
        return self.heard.mel

    @property
    def frames(self) -> int:
        """See `Heard`."""
        return self.heard.frames

    @property
    def seconds(self) -> float:
        """Length of the recording."""
        return self.frames * HOP / SAMPLE_RATE


def prepare(recording: Recording, mel: MelSpectrogram) -> Reference:
    """Check a recording and turn it into frames; raises `VoiceUnfit` with what to do."""
    return described(hear(recording, mel), recording)


def check_words(recording: Recording) -> None:
    """Raise `VoiceUnfit` when a recording has no text."""
    if not recording.text.strip():
        raise VoiceUnfit("The reference recording has no text.", "Write down what is said in it.")


def described(heard: Heard, recording: Recording) -> Reference:
    """Add the words to the sound; raises `VoiceUnfit` when there are none."""
    check_words(recording)
    rate = SpeakingRate.measured(recording.text, heard.spoken)
    return Reference(heard, sentence(recording.text), rate, recording.speed, recording.sound)


def hear(recording: Recording, mel: MelSpectrogram) -> Heard:
    """Turn the sound into frames, its words apart; raises `VoiceUnfit` with what to do."""
    samples = _mono(recording)
    seconds = len(samples) / recording.rate
    if seconds < SHORTEST:
        raise VoiceUnfit(
            f"The reference recording is too short ({seconds:.1f} s).", "Record 3 to 8 seconds."
        )
    if seconds > LONGEST:
        raise VoiceUnfit(
            f"The reference recording is too long ({seconds:.0f} s).",
            "Cut it to 3 to 8 seconds, and its text to the words in that part.",
        )
    power = float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
    if power < SILENT:
        raise VoiceUnfit("The reference recording is silent.", "Record it again, closer.")
    gain = _gain(recording, samples, power)
    spoken = _spoken(samples, recording.rate)
    if recording.rate != SAMPLE_RATE:
        import soxr

        samples = soxr.resample(samples, recording.rate, SAMPLE_RATE)
    lift = max(1.0, LOUDNESS / float(np.sqrt(np.mean(samples**2))))
    tail = np.zeros(round(TAIL_SECONDS * SAMPLE_RATE), np.float32)
    heard = torch.from_numpy(np.concatenate((samples * lift, tail)).astype(np.float32))
    return Heard(mel(heard[None])[0], len(heard) // HOP, lift, gain / lift, spoken)


def sentence(text: str) -> str:
    """Return the reference text with the end of sentence that the model was trained with."""
    text = text.strip()
    if text.endswith(ENDS):
        return text
    return f"{text} " if text.endswith(".") else f"{text}. "


def _gain(recording: Recording, samples: NDArray[np.float32], power: float) -> float:
    """Return what brings the recording to `TARGET_LUFS`."""
    loudness = recording.loudness
    if loudness is None or not -math.inf < loudness <= _LOUDEST_LUFS:
        loudness = integrated_loudness(samples, recording.rate)
    if not math.isfinite(loudness):
        # All of it is below the gate, which is there for the silence around speech.
        loudness = 20 * math.log10(power)
    gain: float = 10 ** ((TARGET_LUFS - loudness) / 20)
    return gain


def _spoken(samples: NDArray[np.float32], rate: int) -> float:
    """Return the seconds of speech; of all of it where speech isn't told from the rest."""
    # It resamples, which this engine can do without.
    from ishowtts_desktop.sound.activity import find_speech

    whole = len(samples) / rate
    spoken = find_speech(samples, rate).seconds
    return spoken if spoken >= _SPOKEN_SHARE * whole else whole


def _mono(recording: Recording) -> NDArray[np.float32]:
    samples = np.asarray(recording.samples, np.float32)
    if samples.ndim == 2:
        samples = samples.mean(axis=1)
    if samples.ndim != 1 or recording.rate <= 0 or not np.isfinite(samples).all():
        raise VoiceUnfit(
            "The reference recording is damaged: it holds values that are no sound.",
            "Export it again as a WAV file.",
        )
    return samples
