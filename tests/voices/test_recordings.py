"""Recordings of all kinds, read and written: what comes in, and what is refused in plain words."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
import soxr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.recordings import cut, encoded, read_recording, write_recording
from ishowtts_desktop.voices.voice import Span
from tests.support.degraded import spoken
from tests.support.signal import chirp

if TYPE_CHECKING:
    from pathlib import Path

RATE = 24_000


def wav(path: Path, samples: np.ndarray, rate: int = RATE, subtype: str = "PCM_16") -> Path:
    soundfile.write(path, samples, rate, subtype=subtype, format="WAV")
    return path


def refusal(path: Path) -> VoiceError:
    """The error that reading a file ends in; it has both its sentences and names the file."""
    with pytest.raises(VoiceError) as caught:
        read_recording(path)
    assert caught.value.advice
    return caught.value


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 192_000])
@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "FLOAT", "DOUBLE", "ULAW"])
def test_any_wav_is_read_at_its_own_rate(tmp_path: Path, rate: int, subtype: str) -> None:
    sound = chirp(0.5, rate)
    recording = read_recording(wav(tmp_path / "a.wav", sound, rate, subtype))
    assert (recording.rate, len(recording.samples)) == (rate, len(sound))
    assert recording.samples.dtype == np.float32
    assert not recording.shortened
    np.testing.assert_allclose(recording.samples, sound, atol=0.02)


@pytest.mark.parametrize(
    ("name", "kind", "subtype"),
    [
        ("a.flac", "FLAC", "PCM_16"),
        ("a.mp3", "MP3", "MPEG_LAYER_III"),
        ("a.ogg", "OGG", "VORBIS"),
        ("a.opus", "OGG", "OPUS"),
        ("a.aiff", "AIFF", "PCM_16"),
        ("named wrongly.wav", "FLAC", "PCM_16"),
        ("ohne Endung", "WAV", "PCM_16"),
        ("a.raw", "WAV", "PCM_16"),
    ],
)
def test_other_formats_are_read_too(tmp_path: Path, name: str, kind: str, subtype: str) -> None:
    speech = spoken("en")
    sound = soxr.resample(speech.samples, speech.rate, RATE)
    path = tmp_path / name
    with path.open("wb") as file:
        soundfile.write(file, sound, RATE, format=kind, subtype=subtype)
    if name == "a.raw":
        assert "no recording that can be read" in str(refusal(path))
        return
    recording = read_recording(path)
    assert recording.seconds == pytest.approx(speech.seconds, abs=0.2)
    assert np.sqrt(np.mean(recording.samples**2)) == pytest.approx(
        np.sqrt(np.mean(sound**2)), rel=0.1
    )


@pytest.mark.parametrize("channels", [1, 2, 8, 200])
def test_channels_are_mixed(tmp_path: Path, channels: int) -> None:
    sound = chirp(0.2, RATE)
    many = np.repeat(sound[:, None], channels, axis=1)
    recording = read_recording(wav(tmp_path / "a.wav", many))
    np.testing.assert_allclose(recording.samples, sound, atol=1e-4)


def test_channels_in_which_nothing_is_heard_dont_make_it_quieter(tmp_path: Path) -> None:
    sound = chirp(0.2, RATE)
    many = np.zeros((len(sound), 8), np.float32)
    many[:, 3] = sound
    recording = read_recording(wav(tmp_path / "a.wav", many))
    np.testing.assert_allclose(recording.samples, sound, atol=1e-4)


def test_no_more_is_read_than_asked_for(tmp_path: Path) -> None:
    path = wav(tmp_path / "a.wav", chirp(2.0, RATE))
    part = read_recording(path, limit_seconds=0.5)
    assert part.shortened
    assert part.limit_seconds == 0.5
    assert len(part.samples) == RATE // 2
    whole = read_recording(path, limit_seconds=2.0)
    assert not whole.shortened
    assert len(whole.samples) == 2 * RATE


def test_an_hour_is_not_read_whole(tmp_path: Path) -> None:
    # GIVEN a sparse file that says it is an hour at 48 kHz, in stereo
    path = wav(tmp_path / "a.wav", np.zeros((0, 2)), 48_000)
    size = 3600 * 48_000 * 4
    with path.open("r+b") as file:
        file.seek(4)
        file.write((size + 36).to_bytes(4, "little"))
        file.seek(40)
        file.write(size.to_bytes(4, "little"))
        file.truncate(44 + size)
    recording = read_recording(path, limit_seconds=20.0)
    assert recording.shortened
    assert recording.seconds == 20.0


SIGNALLING_NAN = float(np.array([0x7FA00000], np.uint32).view(np.float32)[0])


@pytest.mark.parametrize("bad", [np.nan, SIGNALLING_NAN, np.inf, -np.inf])
def test_values_that_are_no_sound_are_refused(tmp_path: Path, bad: float) -> None:
    samples = chirp(0.2, RATE)
    samples[1000] = bad
    error = refusal(wav(tmp_path / "a.wav", samples, subtype="FLOAT"))
    assert "values that are no sound" in error.message


def test_floats_near_the_end_of_their_range_are_read_or_refused(tmp_path: Path) -> None:
    huge = np.full((2000, 2), np.finfo(np.float32).max / 3)
    recording = read_recording(wav(tmp_path / "a.wav", huge, subtype="FLOAT"))
    np.testing.assert_array_equal(recording.samples, 1.0)
    refusal(wav(tmp_path / "b.wav", 3 * huge, subtype="FLOAT"))


def test_floats_beyond_full_scale_are_brought_down_without_clipping(tmp_path: Path) -> None:
    sound = chirp(0.2, RATE)
    recording = read_recording(wav(tmp_path / "a.wav", 8 * sound, subtype="FLOAT"))
    assert np.abs(recording.samples).max() == 1.0
    assert np.corrcoef(recording.samples, sound)[0, 1] > 0.99999


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "MP3"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_of_a_truncated_file_comes_what_is_there(tmp_path: Path, kind: str, share: float) -> None:
    data, path = io.BytesIO(), tmp_path / "a"
    soundfile.write(data, chirp(4.0, RATE), RATE, format=kind)
    path.write_bytes(data.getvalue()[: int(share * len(data.getvalue()))])
    recording = read_recording(path)
    assert 4.0 * share - 2.8 < recording.seconds <= 4.1
    assert np.abs(recording.samples).max() > 0.4


def test_a_truncated_ogg_is_refused(tmp_path: Path) -> None:
    data, path = io.BytesIO(), tmp_path / "a.ogg"
    soundfile.write(data, chirp(4.0, RATE), RATE, format="OGG")
    path.write_bytes(data.getvalue()[: len(data.getvalue()) // 2])
    assert "no sound" in refusal(path).message


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "MP3", "OGG"])
def test_a_long_file_is_read_without_a_seam(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        soundfile.write(file, chirp(20.0, RATE), RATE, format=kind)
    whole, _ = soundfile.read(path, dtype="float32")
    np.testing.assert_allclose(read_recording(path).samples, whole, atol=1e-6)


@pytest.mark.parametrize("size", [1, 12, 44])
def test_a_file_of_nearly_nothing_is_refused(tmp_path: Path, size: int) -> None:
    path = wav(tmp_path / "a.wav", chirp(1.0, RATE))
    path.write_bytes(path.read_bytes()[:size])
    assert "a.wav" in refusal(path).message


def test_a_text_named_wav_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_text("Hello everybody", encoding="utf-8")
    assert refusal(path).message == f"{path} is no recording that can be read."


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x00\x00\x00\x20ftypM4A ", "MP4 or M4A"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4 or M4A"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81", "WebM"),
        (b"\xff\xf1\x50\x80", "AAC"),
        (b"#!AMR\n", "AMR"),
    ],
)
def test_a_phone_s_recording_is_refused_with_the_command_that_converts_it(
    tmp_path: Path, head: bytes, kind: str
) -> None:
    path = tmp_path / "my voice.m4a"
    path.write_bytes(head + bytes(5000))
    error = refusal(path)
    assert kind in error.message
    assert f"ffmpeg -i '{path}' '{tmp_path / 'my voice-converted.wav'}'" in error.advice


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    os.mkfifo(tmp_path / "pipe.wav")
    assert "no file" in refusal(tmp_path / "missing.wav").message
    assert "folder" in refusal(tmp_path).message
    assert "empty" in refusal(tmp_path / "empty.wav").message
    assert "not a file" in refusal(tmp_path / "pipe.wav").message
    assert "null" in refusal(tmp_path / "a\0b.wav").message
    assert "too long" in refusal(tmp_path / ("a" * 300)).message
    assert "can't be opened" in refusal(tmp_path / "empty.wav" / "a.wav").message


def test_a_file_without_samples_is_refused(tmp_path: Path) -> None:
    assert "no sound" in refusal(wav(tmp_path / "a.wav", np.zeros(0))).message


@pytest.mark.parametrize("rate", [1, 1_000, 2_000_000])
def test_a_rate_that_no_speech_has_is_refused(tmp_path: Path, rate: int) -> None:
    assert f"{rate} samples a second" in str(refusal(wav(tmp_path / "a.wav", chirp(1, RATE), rate)))


def test_a_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"voix \xe9\xff.wav")
    recording = read_recording(wav_bytes(path))
    assert recording.seconds == 0.5


def read_or_refused(path: Path) -> bool:
    """Whether a file is read with a sample at least, or refused with an advice."""
    try:
        return len(read_recording(path).samples) > 0
    except VoiceError as error:
        return bool(error.advice)


def wav_bytes(path: Path) -> Path:
    path.write_bytes(encoded(AudioChunk(chirp(0.5, RATE), RATE)))
    return path


@given(data=st.binary(max_size=300), head=st.sampled_from([b"", b"RIFF", b"fLaC", b"OggS", b"ID3"]))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.wav"
    path.write_bytes(head + data)
    assert read_or_refused(path)


@given(at=st.integers(0, 60), byte=st.integers(0, 255))
def test_any_header_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int
) -> None:
    data = bytearray(encoded(AudioChunk(chirp(0.05, RATE), RATE)))
    data[at] = byte
    path = tmp_path_factory.getbasetemp() / "any.wav"
    path.write_bytes(bytes(data))
    assert read_or_refused(path)


@given(
    levels=arrays.arrays(np.int16, st.integers(1, 400)),
    rate=st.sampled_from([8_000, 22_050, 48_000]),
)
def test_what_was_written_is_read_and_written_again_to_the_bit(
    tmp_path_factory: pytest.TempPathFactory, levels: np.ndarray, rate: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "again.wav"
    first = encoded(AudioChunk(levels.astype(np.float32) / 32_768, rate))
    path.write_bytes(first)
    assert encoded(read_recording(path)) == first


def test_written_is_mono_16_bit_at_48_khz_at_most(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_recording(path, AudioChunk(chirp(1.0, 96_000), 96_000))
    info = soundfile.info(path)
    assert (info.samplerate, info.channels, info.subtype) == (48_000, 1, "PCM_16")
    assert info.frames == 48_000
    np.testing.assert_allclose(
        read_recording(path).samples[1000:-1000], chirp(1.0, 48_000)[1000:-1000], atol=1e-3
    )


def test_a_failed_write_leaves_the_old_recording(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_recording(path, AudioChunk(chirp(0.1, RATE), RATE))
    before = path.read_bytes()
    with pytest.raises(VoiceError, match="empty"):
        write_recording(path, AudioChunk(np.zeros(0, np.float32), RATE))
    with pytest.raises(VoiceError, match="no sound"):
        write_recording(path, AudioChunk(np.full(10, np.nan, np.float32), RATE))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cant_be_written_is_told(tmp_path: Path) -> None:
    sound = AudioChunk(chirp(0.1, RATE), RATE)
    for place in (tmp_path / "missing" / "a.wav", tmp_path / "a\0b.wav", tmp_path / ("a" * 300)):
        with pytest.raises(VoiceError, match="can't be written"):
            write_recording(place, sound)
    assert list(tmp_path.iterdir()) == []


def test_cut_returns_the_span_and_none_all_of_it() -> None:
    recording = AudioChunk(chirp(2.0, RATE), RATE)
    assert cut(recording, None) is recording
    part = cut(recording, Span(start=0.5, end=1.25))
    np.testing.assert_array_equal(part.samples, recording.samples[12_000:30_000])
    assert part.rate == RATE


@pytest.mark.parametrize(("start", "end"), [(1.0, 2.5), (2.05, 2.09), (0.5, 0.50001), (9, 10)])
def test_a_span_that_isnt_in_the_recording_is_refused(start: float, end: float) -> None:
    with pytest.raises(VoiceError, match="part"):
        cut(AudioChunk(chirp(2.0, RATE), RATE), Span(start=start, end=end))


def test_a_span_that_was_rounded_up_is_cut_at_the_end() -> None:
    part = cut(AudioChunk(chirp(2.0, RATE), RATE), Span(start=1.0, end=2.004))
    assert len(part.samples) == RATE


@pytest.mark.parametrize(
    "recording",
    [
        AudioChunk(np.zeros(10, np.float32), 0),
        AudioChunk(np.zeros((10, 2, 2), np.float32), 16_000),
    ],
)
def test_what_no_wav_file_can_hold_is_a_clear_error(recording: AudioChunk) -> None:
    with pytest.raises(VoiceError):
        encoded(recording)
