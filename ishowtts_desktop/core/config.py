"""What the user chose: one pydantic model, the shape of ``config.toml``.

Reading and writing the file is `config_file`. Keys that this version doesn't know are kept in the
file and left out of the model, so that going back a version loses nothing.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from ishowtts_desktop.core.presets import (
    MOST_STEPS,
    PRESETS,
    DurationMode,
    EngineName,
    PrecisionName,
    PresetName,
)
from ishowtts_desktop.core.reading_config import (
    CastingConfig,
    GateConfig,
    LoadConfig,
    PrivateConfig,
    ReadingConfig,
    RulesConfig,
    WordsConfig,
)
from ishowtts_desktop.core.section import Section


class SourceConfig(Section):
    """Which chat is read. ``url`` is empty until the first channel was picked."""

    url: str = ""
    recent: list[str] = Field(default_factory=list, max_length=20)


class SpeechConfig(Section):
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


class AudioConfig(Section):
    """Where it sounds. An empty ``device`` is the sound server's default; ``volume`` is 0..1."""

    device: str = ""
    volume: float = Field(default=0.8, ge=0.0, le=1.0)


class HotkeyConfig(Section):
    """Global hotkeys, in Qt's notation ("Ctrl+Alt+R"); empty means none.

    ``pause`` resumes, too. ``panic`` doesn't release: who is in a hurry presses it twice.
    ``mute`` is for the author of what is spoken.
    """

    read_selected: str = "Ctrl+Alt+R"
    skip: str = "Ctrl+Alt+S"
    pause: str = "Ctrl+Alt+P"
    panic: str = "Ctrl+Alt+X"
    release: str = ""
    mute: str = ""
    clear: str = ""
    replay: str = ""


class WindowConfig(Section):
    """What the windows remember. Each geometry is Qt's, base64."""

    geometry: str = ""
    voices_geometry: str = ""
    models_geometry: str = ""
    reading_geometry: str = ""
    language: str = ""
    welcomed: bool = False
    hinted: bool = False


class Config(Section):
    """All of it."""

    source: SourceConfig = Field(default_factory=SourceConfig)
    speech: SpeechConfig = Field(default_factory=SpeechConfig)
    audio: AudioConfig = Field(default_factory=AudioConfig)
    reading: ReadingConfig = Field(default_factory=ReadingConfig)
    load: LoadConfig = Field(default_factory=LoadConfig)
    rules: RulesConfig = Field(default_factory=RulesConfig)
    words: WordsConfig = Field(default_factory=WordsConfig)
    casting: CastingConfig = Field(default_factory=CastingConfig)
    gate: GateConfig = Field(default_factory=GateConfig)
    private: PrivateConfig = Field(default_factory=PrivateConfig)
    hotkeys: HotkeyConfig = Field(default_factory=HotkeyConfig)
    window: WindowConfig = Field(default_factory=WindowConfig)

    @model_validator(mode="before")
    @classmethod
    def _from_before_rules(cls, tables: object) -> object:
        """Take over the blocked users of a file from before there was a section for rules."""
        if not isinstance(tables, dict) or "rules" in tables:
            return tables
        reading = tables.get("reading")
        if not isinstance(reading, dict) or "blocked_users" not in reading:
            return tables
        return {**tables, "rules": {"blocked_users": reading["blocked_users"]}}
