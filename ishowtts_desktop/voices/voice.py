"""What a voice is: the values that ``voice.toml`` holds, for cloned and embedded voices alike."""

from __future__ import annotations

import unicodedata

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ishowtts_desktop.core.presets import EngineName

LONGEST_NAME = 80
LONGEST_TEXT = 2000
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
QUIETEST, LOUDEST = -70.0, 10.0
"""LUFS. Below is silence by BS.1770's own gate, above no recording can be."""


class Span(BaseModel):
    """From ``start`` to ``end``, in seconds of a recording."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: float = Field(ge=0.0, allow_inf_nan=False)
    end: float = Field(allow_inf_nan=False)

    @model_validator(mode="after")
    def _forwards(self) -> Span:
        if self.end <= self.start:
            raise ValueError("a span ends after it starts")
        return self

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start


class Voice(BaseModel):
    """Who can be picked to speak.

    ``language`` is a BCP 47 tag. The rest belongs to cloned voices: ``text`` is what is said in the
    ``span`` of the reference recording (None: all of it), ``loudness`` how loud that is (LUFS),
    ``speed`` a factor on the voice's own rate. A voice with ``preload`` is made ready at the start.
    ``consent``: whoever is heard agreed to be cloned; ``licence`` what may be done with it;
    ``source`` the file that it came from.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    language: str = Field(default="en", max_length=35)
    engine: EngineName = "f5"
    text: str = Field(default="", max_length=LONGEST_TEXT)
    span: Span | None = None
    speed: float = Field(default=1.0, ge=0.5, le=2.0)
    loudness: float | None = Field(default=None, ge=QUIETEST, le=LOUDEST)
    preload: bool = False
    consent: bool = False
    licence: str = Field(default="", max_length=LONGEST_TEXT)
    source: str = Field(default="", max_length=LONGEST_TEXT)

    @field_validator("text", "licence", "source", mode="before")
    @classmethod
    def _writable(cls, text: object) -> object:
        # Half of a surrogate pair can't be written to a file.
        if not isinstance(text, str):
            return text
        return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")

    @field_validator("name", "language", mode="before")
    @classmethod
    def _one_line(cls, text: object) -> object:
        # What moves a terminal's cursor or turns the writing around isn't part of a name.
        if not isinstance(text, str):
            return text
        kept = (" " if character.isspace() else character for character in text)
        return " ".join("".join(c for c in kept if unicodedata.category(c) not in _UNSEEN).split())
