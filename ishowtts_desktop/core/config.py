"""What the user chose: one pydantic model, the shape of ``config.toml``.

Reading and writing the file is `config_file`. Keys that this version doesn't know are kept in the
file and left out of the model, so that going back a version loses nothing.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ishowtts_desktop.core.presets import (
    MOST_STEPS,
    PRESETS,
    DurationMode,
    EngineName,
    PrecisionName,
    PresetName,
)


class _Section(BaseModel):
    model_config = ConfigDict(extra="ignore", validate_assignment=True)


class SourceConfig(_Section):
    """Which chat is read. ``url`` is empty until the first channel was picked."""

    url: str = ""
    recent: list[str] = Field(default_factory=list, max_length=20)


class SpeechConfig(_Section):
    """Who speaks. An empty ``voice`` follows the language of the text.

    The rest is for the F5 engine. ``checkpoint`` is its model's folder or file; empty, the Hugging
    Face cache's. ``nfe`` wins over ``preset``. ``seed`` None says a line differently each time.
    ``device`` is PyTorch's name for one. ``duration`` "stock" counts bytes as the stock package
    does. ``phrase_cache`` is how many MB of speech are kept for what chat says again and again.
    """

    engine: EngineName = "espeak"
    checkpoint: str = ""
    preset: PresetName = "fast"
    nfe: int | None = Field(default=None, ge=1, le=MOST_STEPS)
    cfg_strength: float = Field(default=2.0, ge=0.0, le=10.0)
    sway: float = Field(default=-1.0, ge=-1.0, le=1.0)
    seed: int | None = Field(default=None, ge=0, lt=2**63)
    device: str = "auto"
    precision: PrecisionName = "auto"
    duration: DurationMode = "natural"
    phrase_cache: int = Field(default=32, ge=0, le=1024)
    voice: str = ""
    speed: float = Field(default=1.0, ge=0.5, le=2.0)

    @property
    def steps(self) -> int:
        """The steps that the F5 engine takes."""
        return self.nfe or PRESETS[self.preset]


class AudioConfig(_Section):
    """Where it sounds. An empty ``device`` is the sound server's default; ``volume`` is 0..1."""

    device: str = ""
    volume: float = Field(default=0.8, ge=0.0, le=1.0)


class ReadingConfig(_Section):
    """What is worth saying. Seconds are seconds of speech or of waiting."""

    reading: bool = True
    queue_seconds: float = Field(default=45.0, ge=5.0, le=600.0)
    time_to_live: float = Field(default=60.0, ge=5.0, le=3600.0)
    max_graphemes: int = Field(default=200, ge=10, le=2000)
    gap_seconds: float = Field(default=0.25, ge=0.0, le=5.0)
    say_names: bool = True
    name_repeat_seconds: float = Field(default=30.0, ge=0.0, le=3600.0)
    read_commands: bool = False
    read_shared_chat: bool = False
    links: Literal["word", "nothing"] = "word"
    emotes: Literal["skip", "first", "count"] = "skip"
    blocked_users: list[str] = Field(default_factory=lambda: ["nightbot", "streamelements"])
    template: str = ""


class HotkeyConfig(_Section):
    """Global hotkeys, in Qt's notation ("Ctrl+Alt+R"); empty means none."""

    read_selected: str = "Ctrl+Alt+R"


class WindowConfig(_Section):
    """What the windows remember. Each geometry is Qt's, base64."""

    geometry: str = ""
    voices_geometry: str = ""
    models_geometry: str = ""
    language: str = ""
    welcomed: bool = False
    hinted: bool = False


class Config(_Section):
    """All of it."""

    source: SourceConfig = Field(default_factory=SourceConfig)
    speech: SpeechConfig = Field(default_factory=SpeechConfig)
    audio: AudioConfig = Field(default_factory=AudioConfig)
    reading: ReadingConfig = Field(default_factory=ReadingConfig)
    hotkeys: HotkeyConfig = Field(default_factory=HotkeyConfig)
    window: WindowConfig = Field(default_factory=WindowConfig)
