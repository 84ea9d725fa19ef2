"""A folder as the server project leaves it: config/ishowtts.toml and the recordings it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soundfile

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
bind_addr = "0.0.0.0:27121"
default_voice = "mei"

[api]
max_parallel = 3

[f5]
model = "F5TTS_v1_Base"
python_package_path = "../third_party/F5-TTS/src"
ckpt_file = "../checkpoints/model_900.safetensors"
vocab_file = "../checkpoints/vocab.txt"
hf_cache_dir = "../data/cache/huggingface"
device = "cuda"
default_nfe_step = 8
seed = 42
default_speed = 1.1

[[f5.voices]]
id = "host"
reference_audio = "../data/voices/host.wav"
reference_text = "Good evening everybody, and welcome to the stream."
language = "en-US"
engine_label = "F5"
preload = true

[[f5.voices]]
id = "mei"
reference_audio = "../data/voices/mei.flac"
reference_text = "大家晚上好，欢迎来到直播间。"
language = "zh_CN"

[danmaku.twitch]
enabled = true
bot_username = "somebody"
oauth_token = "oauth:verysecret"
channels = ["a_channel"]

[index_tts]
model_dir = "../third_party/index-tts/checkpoints"
"""


def tone(seconds: float, hertz: float = 220.0, rate: int = 24_000) -> np.ndarray:
    """Return something to hear, (n,) float32."""
    time = np.arange(round(seconds * rate)) / rate
    return (0.2 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def server_project(folder: Path, text: str = WHOLE) -> Path:
    """Make one with two recordings and a checkpoint, and return the path of its ``text``.

    Recordings that are there already stay.
    """
    for below in ("config", "data/voices", "checkpoints"):
        folder.joinpath(below).mkdir(parents=True, exist_ok=True)
    recordings = folder / "data/voices"
    if not recordings.joinpath("host.wav").exists():
        soundfile.write(recordings / "host.wav", tone(4.0), 24_000)
        soundfile.write(recordings / "mei.flac", tone(3.5, 330.0, 44_100), 44_100)
    folder.joinpath("checkpoints/model_900.safetensors").write_bytes(b"weights")
    folder.joinpath("checkpoints/vocab.txt").write_text("a\n", encoding="utf-8")
    path = folder / "config/ishowtts.toml"
    path.write_text(text, encoding="utf-8")
    return path
