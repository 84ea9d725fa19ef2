"""``[f5]`` and the rest of an ``ishowtts.toml``: what of it are settings here.

The server took its other parameters (speed, seed, CFG strength) from each request; where they were
written into its file all the same, they are taken from there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from ishowtts_desktop.core.config import SpeechConfig
from ishowtts_desktop.core.presets import GRIDS, PRESETS, lacks_grid
from ishowtts_desktop.voices.ishowtts_notes import Notes, key_shown, path_shown, shown
from ishowtts_desktop.voices.ishowtts_voices import located

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SERVER_STEPS: Final = 16
"""The NFE steps that the server took when its file said nothing."""
MODEL: Final = "F5TTS_v1_Base"
VOCABULARY: Final = "vocab.txt"

_DEVICE: Final = re.compile(r"(auto|cpu|cuda|mps|xpu)(:\d{1,3})?")
# Their names there and here.
_NUMBERS: Final = (
    ("default_nfe_step", "nfe"),
    ("nfe_step", "nfe"),
    ("default_seed", "seed"),
    ("seed", "seed"),
    ("default_speed", "speed"),
    ("speed", "speed"),
    ("default_cfg_strength", "cfg_strength"),
    ("cfg_strength", "cfg_strength"),
    ("default_sway_sampling_coef", "sway"),
    ("sway_sampling_coef", "sway"),
)
_TAKEN_ELSEWHERE: Final = ("voices", "model", "ckpt_file", "vocab_file", "hf_cache_dir", "device")
_LEFT: Final = (
    ("python_package_path", "the engine is part of this application"),
    ("vocoder_local_path", "the vocoder is looked for in a folder vocos beside the checkpoint"),
    ("ode_method", "the engine solves by Euler's method, as the server did unless told otherwise"),
    ("use_ema", "the averaged weights (EMA) are always the ones that speak"),
    ("target_rms", "voices are made equally loud by ear, as BS.1770 measures it"),
    ("cross_fade_duration", "pieces are joined where it is quiet"),
    ("fix_duration", "the length follows the text"),
    ("remove_silence", "the engine takes care of silence at the end"),
)
_LEFT_AT_TOP: Final = (
    ("bind_addr", "nothing is served here; the window and `ctl` drive the application"),
    ("api", "messages are spoken one at a time"),
    ("shimmy", "there is no Shimmy here"),
    ("danmaku", "a channel is picked in the window; reading one needs no token"),
    ("danmaku_gateway", "what is read aloud is chosen in the settings"),
    (
        "index_tts",
        "there is no IndexTTS here; the recording and text of such a voice can be added as a voice",
    ),
)
_MOST_CHANNELS: Final = 20
_TOP: Final = ("f5", "default_voice")


def read_settings(f5: Mapping[str, object], folder: Path, notes: Notes) -> dict[str, object]:
    """Return what ``[f5]`` sets of `SpeechConfig`, and tell ``notes`` about all of it."""
    settings: dict[str, object] = {}
    for there, here in _NUMBERS:
        if there in f5:
            _take_number(there, here, f5[there], settings, notes)
    if "nfe" not in settings and "default_nfe_step" not in f5:
        notes.changed.append(
            f"f5.default_nfe_step: not set, for which the server took {SERVER_STEPS} steps; the"
            f" preset stays as it is here (fast takes {PRESETS['fast']})."
        )
    _take_device(f5, settings, notes)
    _take_checkpoint(f5, folder, settings, notes)
    known = {there for there, _ in _NUMBERS} | set(_TAKEN_ELSEWHERE)
    for key in f5:
        if key not in known:
            reason = dict(_LEFT).get(key, "there is no such setting here")
            notes.left.append(f"f5.{key_shown(key)}: {reason}.")
    return settings


def tell_rest(document: Mapping[str, object], notes: Notes) -> None:
    """Tell ``notes`` why the other tables of the file are left."""
    for key in document:
        if key not in _TOP:
            reason = dict(_LEFT_AT_TOP).get(key, "there is no such setting here")
            notes.left.append(f"{key_shown(key)}: {reason}.")
    for channel in _channels(document.get("danmaku")):
        notes.left.append(f"danmaku.twitch.channels: connect to {shown('twitch://' + channel)}.")


def _channels(danmaku: object) -> list[str]:
    twitch = danmaku.get("twitch") if isinstance(danmaku, dict) else None
    channels = twitch.get("channels") if isinstance(twitch, dict) else None
    listed = channels if isinstance(channels, list) else []
    return [name for name in listed[:_MOST_CHANNELS] if isinstance(name, str)]


def _take_number(
    there: str, here: str, value: object, settings: dict[str, object], notes: Notes
) -> None:
    about = f"f5.{there} = {shown(value)}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        notes.left.append(f"{about}: it isn't a number.")
        return
    try:
        fitting = getattr(SpeechConfig.model_validate({here: value}), here)
    except ValidationError as error:
        why = error.errors(include_url=False, include_input=False)[0]["msg"].lower()
        notes.left.append(f"{about}: it doesn't fit here, {why}.")
        return
    settings[here] = fitting
    if here == "nfe" and lacks_grid(fitting):
        notes.changed.append(
            f"{about}: taken as it is, but the times of so many steps are spread evenly. Optimised"
            f" are those of {', '.join(map(str, GRIDS))} steps."
        )
    else:
        notes.taken.append(about)


def _take_device(f5: Mapping[str, object], settings: dict[str, object], notes: Notes) -> None:
    if "device" not in f5:
        return
    value = f5["device"]
    if not isinstance(value, str) or not _DEVICE.fullmatch(value):
        notes.left.append(f"f5.device = {shown(value)}: it isn't the name of a device.")
        return
    settings["device"] = value
    notes.taken.append(f"f5.device = {shown(value)}")


def _take_checkpoint(
    f5: Mapping[str, object], folder: Path, settings: dict[str, object], notes: Notes
) -> None:
    checkpoint = _path(f5, "ckpt_file", folder, notes)
    if checkpoint is not None:
        settings["checkpoint"] = str(checkpoint)
        notes.taken.append(f"f5.ckpt_file: {path_shown(checkpoint)}")
    _tell_model(f5, checkpoint, notes)
    vocabulary = _path(f5, "vocab_file", folder, notes)
    if vocabulary is not None:
        _tell_vocabulary(vocabulary, checkpoint, notes)
    cache = f5.get("hf_cache_dir")
    if isinstance(cache, str):
        notes.left.append(
            "f5.hf_cache_dir: models are looked for in the Hugging Face cache of this user. To use"
            f" those, start with HF_HUB_CACHE={path_shown(located(folder, cache))}."
        )
    elif "hf_cache_dir" in f5:
        notes.left.append(f"f5.hf_cache_dir = {shown(cache)}: it isn't a path.")


def _tell_model(f5: Mapping[str, object], checkpoint: Path | None, notes: Notes) -> None:
    if "model" not in f5:
        return
    about = f"f5.model = {shown(f5['model'])}"
    if f5["model"] == MODEL:
        notes.taken.append(about)
    elif checkpoint is not None:
        notes.left.append(f"{about}: what a model is, its checkpoint tells.")
    else:
        notes.left.append(f"{about}: {MODEL} speaks here unless another checkpoint is chosen.")


def _tell_vocabulary(vocabulary: Path, checkpoint: Path | None, notes: Notes) -> None:
    about = f"f5.vocab_file: {path_shown(vocabulary)}"
    if checkpoint is None:
        notes.left.append(f"{about} is left: it belongs to a checkpoint, and none is named.")
    elif vocabulary.name == VOCABULARY and vocabulary.parent in checkpoint.parents[:2]:
        notes.taken.append(about)
    else:
        notes.left.append(
            f"{about} is left: a vocabulary is found beside its checkpoint. Copy it to"
            f" {path_shown(checkpoint.parent / VOCABULARY)}."
        )


def _path(f5: Mapping[str, object], key: str, folder: Path, notes: Notes) -> Path | None:
    """Return the file that a key names, where there is one."""
    if key not in f5:
        return None
    value = f5[key]
    if not isinstance(value, str) or not value.strip():
        notes.left.append(f"f5.{key} = {shown(value)}: it isn't a path.")
        return None
    path = located(folder, value)
    try:
        exists = path.is_file()
    except (OSError, ValueError):
        exists = False
    if not exists:
        notes.left.append(f"f5.{key}: there is no file {path_shown(path)}.")
        return None
    return path
