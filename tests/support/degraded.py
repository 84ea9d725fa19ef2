"""Recordings to judge: spoken by espeak-ng, and spoiled by sox in one known way each."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from types import MappingProxyType

import numpy as np
import soundfile

from ishowtts_desktop.core.audio import AudioChunk

RATE = 22_050
"""What espeak-ng speaks at."""
TEXTS = MappingProxyType(
    {
        "en": "Hello everybody, welcome to my stream. Tonight we play a new game, and I hope you"
        " will like it as much as I do.",
        "cmn": "大家好，欢迎来到我的直播间。今天我们一起玩新游戏，希望你们喜欢。",
        "ja": "みなさん、こんにちは。きょうはあたらしいゲームをいっしょにあそびましょう。",
        "de": "Guten Abend zusammen, willkommen in meinem Stream. Heute spielen wir ein neues"
        " Spiel, das euch hoffentlich gefällt.",
        "es": "Hola a todos, bienvenidos a mi canal. Esta noche jugamos a un juego nuevo.",
        "ko": "여러분 안녕하세요, 제 방송에 오신 것을 환영합니다. 새로운 게임을 같이 해 봅시다.",
    }
)


@cache
def spoken(voice: str = "en", speed: int = 160, text: str = "") -> AudioChunk:
    """Return what espeak-ng says: ``voice`` is a language, perhaps with a timbre as in en+f2."""
    text = text or TEXTS[voice.partition("+")[0]]
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "--stdout", text]
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    samples, rate = soundfile.read(io.BytesIO(done.stdout), dtype="float32")
    samples.flags.writeable = False
    return AudioChunk(samples, rate)


def sox(recording: AudioChunk, *effects: str, rate: int = 0) -> AudioChunk:
    """Return a recording after some of sox's effects, at ``rate`` Hz where that is given."""
    command = ["sox", "-V1", "-t", "f32", "-r", str(recording.rate), "-c", "1", "-"]
    command += ["-t", "f32", "-r", str(rate or recording.rate), "-c", "1", "-", *effects]
    data = recording.samples.astype("<f4").tobytes()
    done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=30)
    return AudioChunk(np.frombuffer(done.stdout, "<f4"), rate or recording.rate)


@cache
def synthesised(seconds: float, *synth: str) -> AudioChunk:
    """Return what sox's synth makes: noise, tones, plucked strings, mixed to mono."""
    command = ["sox", "-V1", "-R", "-n", "-r", str(RATE), "-t", "f32", "-"]
    command += ["synth", str(seconds), *synth, "remix", "-", "gain", "-n", "-12"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    return AudioChunk(np.frombuffer(done.stdout, "<f4"), RATE)


def noise(seconds: float, kind: str = "white") -> AudioChunk:
    """Return white, pink or brown noise."""
    return synthesised(seconds, f"{kind}noise")


def chord(seconds: float) -> AudioChunk:
    """Return one chord of an organ, held."""
    return synthesised(seconds, "sine", "262", "sine", "330", "sine", "392")


def strings(seconds: float) -> AudioChunk:
    """Return a plucked chord every second."""
    chords = ["C4 E4 G4", "F4 A4 C5", "G4 B4 D5", "A3 C4 E4"]
    notes = [chords[second % len(chords)].split() for second in range(int(seconds) + 1)]
    parts = [synthesised(1.0, *(word for note in bar for word in ("pluck", note))) for bar in notes]
    return AudioChunk(np.concatenate([p.samples for p in parts])[: round(seconds * RATE)], RATE)


def melody(seconds: float) -> AudioChunk:
    """Return a tune of a simple synthesiser, four notes a second."""
    tune = ("C4", "E4", "G4", "C5", "A4", "F4", "D4", "G4")
    count = int(4 * seconds) + 1
    parts = [synthesised(0.25, "square", tune[n % len(tune)]).samples for n in range(count)]
    fade = np.minimum(1, np.minimum(np.arange(len(parts[0])), np.arange(len(parts[0]))[::-1]) / 500)
    return AudioChunk(
        np.concatenate([part * fade for part in parts])[: round(seconds * RATE)].astype(np.float32),
        RATE,
    )


def mixed(recording: AudioChunk, other: AudioChunk, decibels: float) -> AudioChunk:
    """Return both at once, the other so many decibels below the recording."""
    behind = np.resize(other.samples, len(recording.samples)).astype(np.float64)
    gain = rms(recording.samples) / rms(behind) * 10 ** (-decibels / 20)
    # Turned down first: nothing may clip.
    return AudioChunk((0.5 * (recording.samples + gain * behind)).astype(np.float32), RATE)


def joined(*parts: AudioChunk) -> AudioChunk:
    """Return recordings of one rate one after the other."""
    return AudioChunk(np.concatenate([part.samples for part in parts]), parts[0].rate)


def silence(seconds: float, rate: int = RATE) -> AudioChunk:
    """Return digital silence."""
    return AudioChunk(np.zeros(round(seconds * rate), np.float32), rate)


def rms(samples: np.ndarray) -> float:
    """Return the root of the mean square."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
