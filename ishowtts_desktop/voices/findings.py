"""What is wrong with a reference, in plain words, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.sound.activity import FRAME_SECONDS, Activity, find_speech
from ishowtts_desktop.sound.bandwidth import bandwidth
from ishowtts_desktop.sound.clipping import clipped
from ishowtts_desktop.sound.loudness import integrated_loudness
from ishowtts_desktop.sound.music import MUSIC_SHARE, steady_tones
from ishowtts_desktop.voices.finding import Finding
from ishowtts_desktop.voices.recordings import cut
from ishowtts_desktop.voices.texts import check_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.voices.voice import Span

__all__ = ["Finding", "check"]

LONGEST_SECONDS, SHORTEST_SECONDS = 12.0, 2.0
REFUSED_SECONDS: Final = 15.0
TAKEN_SECONDS: Final = 0.5
"""What the engine takes at most, and at least."""
LONGEST_PAUSE_SECONDS: Final = 1.0
SILENT_LUFS, QUIET_LUFS = -60.0, -36.0
NOISY_DB: Final = 18.0
"""Noise nearer than this to the level of the speech is heard in the cloned voice."""
MUSIC_DB: Final = 28.0
MUSIC_BEHIND_SHARE: Final = 0.38
NARROW_HZ: Final = 5_400.0
CLIPPED_SHARE: Final = 2e-4
CLIPPED_SAMPLES: Final = 12
SHORTEST_SPEECH_SECONDS: Final = 0.3
_EDGE_FRAMES: Final = 3


def check(
    recording: AudioChunk, text: str, language: str = "", span: Span | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with ``span`` (None: all) of a recording as reference for ``text``.

    ``language`` is the BCP 47 tag of what is said, where that is known. Raises `VoiceError` when
    the recording doesn't reach as far as the span.
    """
    part = cut(recording, span)
    loudness = integrated_loudness(part.samples, part.rate)
    if loudness < SILENT_LUFS:
        return (_silent(), *check_text(text, language, None))
    activity = find_speech(part.samples, part.rate)
    speech = activity.seconds if activity.seconds >= SHORTEST_SPEECH_SECONDS else None
    findings = [*_length(part.seconds), *_level(part, loudness)]
    background = list(_background(part, activity))
    findings += background
    if speech is not None:
        findings += _bandwidth(part)
        if span is not None:
            findings += _edges(recording, span)
        # Pauses, and how long is spoken, can't be told where music or noise counts as speech.
        if not background:
            findings += _pauses(activity)
    findings += check_text(text, language, None if background else speech)
    return tuple(findings)


def _length(seconds: float) -> Iterator[Finding]:
    if seconds > LONGEST_SECONDS:
        harm = "makes every message slower and no better"
        most = LONGEST_SECONDS
        if seconds > REFUSED_SECONDS:
            harm, most = "can't be spoken with", REFUSED_SECONDS
        yield Finding(
            "too_long",
            f"The reference is {seconds:.1f} s long; more than {most:.0f} s {harm}.",
            "Choose 3 to 8 seconds of it, and the text of just that part.",
        )
    if seconds < SHORTEST_SECONDS:
        yield Finding(
            "too_short",
            f"The reference is only {seconds:.1f} s long, too little to know a voice by.",
            "Choose 3 to 8 seconds.",
        )


def _silent() -> Finding:
    return Finding(
        "silent",
        "There is nothing to hear in the recording.",
        "Check that the right microphone is chosen and not muted, and record again.",
    )


def _level(part: AudioChunk, loudness: float) -> Iterator[Finding]:
    if loudness < QUIET_LUFS:
        yield Finding(
            "quiet",
            f"The recording is very quiet ({loudness:.0f} LUFS; -20 is usual).",
            "Record again, closer to the microphone or with its level turned up.",
        )
    flat = int(np.count_nonzero(clipped(part.samples, part.rate)))
    if flat > max(CLIPPED_SAMPLES, CLIPPED_SHARE * len(part.samples)):
        yield Finding(
            "clipped",
            f"The recording is clipped: it was too loud, and {flat / part.rate * 1000:.0f} ms of"
            " peaks are cut off. The cloned voice will crackle.",
            "Record again with the level of the microphone turned down, or choose a part that"
            " isn't clipped.",
        )


def _background(part: AudioChunk, activity: Activity) -> Iterator[Finding]:
    """Yield what is heard besides speech: music, or else noise."""
    tones = steady_tones(part.samples, part.rate)
    heard = activity.level_db > SILENT_LUFS
    near = activity.speech_db - activity.noise_db
    alone = heard.any() and float(tones[heard].mean()) > MUSIC_SHARE
    spoken = activity.seconds >= SHORTEST_SPEECH_SECONDS
    under = (
        spoken and near < MUSIC_DB and float(tones[activity.background].mean()) > MUSIC_BEHIND_SHARE
    )
    if alone or under:
        yield Finding(
            "music",
            "There is music in the recording. It will be heard in the cloned voice.",
            "Use a recording, or choose a part, without music.",
        )
    elif not spoken:
        yield Finding(
            "noisy",
            "No speech stands out from the noise in the recording.",
            "Record again in a quiet room, close to the microphone.",
        )
    elif near < NOISY_DB:
        yield Finding(
            "noisy",
            f"The recording is noisy: the noise is only {near:.0f} dB below the speech.",
            "Record again in a quiet room, close to the microphone, or choose a part with less"
            " noise.",
        )


def _bandwidth(part: AudioChunk) -> Iterator[Finding]:
    highest = bandwidth(part.samples, part.rate)
    if highest < NARROW_HZ:
        yield Finding(
            "low_bandwidth",
            f"The recording sounds like a telephone: it holds nothing above {highest / 1000:.1f}"
            " kHz.",
            "Use the original recording, or record again at 24 kHz or more.",
        )


def _pauses(activity: Activity) -> Iterator[Finding]:
    edges = [0, *(edge for run in activity.runs() for edge in run), len(activity.speech)]
    longest = max(end - begin for begin, end in zip(edges[::2], edges[1::2], strict=True))
    if longest * FRAME_SECONDS > LONGEST_PAUSE_SECONDS:
        yield Finding(
            "long_pause",
            f"There is a pause of {longest * FRAME_SECONDS:.1f} s. The cloned voice will pause like"
            " that too.",
            "Choose a part that is spoken without long pauses.",
        )


def _edges(recording: AudioChunk, span: Span) -> Iterator[Finding]:
    """Yield the first edge of the span across which a word goes on."""
    activity = find_speech(recording.samples, recording.rate)
    for at, word in ((span.start, "first"), (span.end, "last")):
        frame = round(at / FRAME_SECONDS)
        around = slice(max(0, frame - _EDGE_FRAMES), frame + _EDGE_FRAMES)
        at_an_end = frame < _EDGE_FRAMES or frame + _EDGE_FRAMES > len(activity.speech)
        if not at_an_end and activity.loud[around].all():
            yield Finding(
                "cut_word",
                f"The {word} word is cut: someone speaks at {at:.2f} s.",
                "Move that edge into a silence.",
            )
            return
