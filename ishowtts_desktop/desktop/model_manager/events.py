"""What the verbs of ``models`` print, read with suspicion: another process wrote it.

Whatever isn't what was agreed on is left out, or is None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ishowtts_desktop.core.published import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS: Final = frozenset(part for model in CATALOGUE for part in model.companions)
LONGEST_LINE: Final = 1 << 20
_MOST_BYTES: Final = 1 << 53
Count = Annotated[int, Field(ge=0, le=_MOST_BYTES)]
Rate = Annotated[float, Field(ge=0, le=_MOST_BYTES, allow_inf_nan=False)]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ModelEntry(_Told):
    """One model that can be had. Sizes are in bytes; ``folder`` is empty unless it is complete."""

    # It goes back as an argument, so it must not look like an option.
    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")
    name: str
    description: str = ""
    bytes: Count = 0
    licence: str = ""
    licence_text: str = ""
    licence_accepted: bool = False
    state: Literal["absent", "partial", "complete"]
    bytes_here: Count = 0
    folder: str = ""

    @property
    def speaks(self) -> bool:
        """Whether it speaks on its own; else it is a part that other models need."""
        return self.id not in _PARTS


class Listing(_Told):
    """All models, the folder they are kept in, and how many bytes its disk has left."""

    models: tuple[ModelEntry, ...]
    cache: str = ""
    free_bytes: Count | None = None


class Checking(_Told):
    """It is being found out what is to be fetched."""

    event: Literal["checking"]


class Progress(_Told):
    """So many bytes of ``total`` are here; ``seconds_left`` is None where nobody knows."""

    event: Literal["progress"]
    file: str = ""
    bytes: Count
    total: Count
    bytes_per_second: Rate | None = None
    seconds_left: Rate | None = None


class Verifying(_Told):
    """So many bytes of what was fetched are compared with their checksums."""

    event: Literal["verifying"]
    bytes: Count = 0
    total: Count = 0


class Done(_Told):
    """The model is complete, in ``folder``."""

    event: Literal["done"]
    folder: str = Field(min_length=1)


class Failed(_Told):
    """It could not be had: what happened, and what to do."""

    event: Literal["failed"]
    message: str = Field(min_length=1)
    advice: str = ""


class Cancelled(_Told):
    """It was stopped; what was fetched stays."""

    event: Literal["cancelled"]


Event = Checking | Progress | Verifying | Done | Failed | Cancelled


class CheckedFile(_Told):
    """One file and whether it is whole."""

    path: str
    ok: bool


class Verdict(_Told):
    """What ``models verify`` found."""

    ok: bool
    files: tuple[CheckedFile, ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        """The files that are damaged or missing."""
        return tuple(file.path for file in self.files if not file.ok)


_EVENTS: Final[TypeAdapter[Event]] = TypeAdapter(Annotated[Event, Field(discriminator="event")])


class Lines:
    """Cuts a stream of bytes into lines; one longer than `LONGEST_LINE` is left out."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._overlong = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take some bytes and yield the lines that they complete."""
        *whole, rest = data.split(b"\n")
        for line in whole:
            self._rest += line
            overlong = self._overlong or len(self._rest) > LONGEST_LINE
            if not overlong:
                yield bytes(self._rest)
            self._rest.clear()
            self._overlong = False
        self._rest += rest
        if len(self._rest) > LONGEST_LINE:
            self._rest.clear()
            self._overlong = True


def read_event(line: bytes) -> Event | None:
    """Read one line of ``models download``; None for anything else."""
    try:
        return _EVENTS.validate_json(line)
    except ValidationError:
        return None


def read_listing(output: bytes) -> Listing | None:
    """Read what ``models list`` printed; None where that is no list."""
    try:
        return Listing.model_validate_json(output)
    except ValidationError:
        return None


def read_verdict(output: bytes) -> Verdict | None:
    """Read what ``models verify`` printed; None where that is no verdict."""
    try:
        return Verdict.model_validate_json(output)
    except ValidationError:
        return None
