"""What is being done with a model right now, and what became of the last thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Stage(Enum):
    """How far it is. Only one model is downloaded at a time; the others wait as QUEUED.

    PROVING is the end of a download, VERIFYING is done on its own.
    """

    QUEUED = "queued"
    CHECKING = "checking"
    FETCHING = "fetching"
    PROVING = "proving"
    CANCELLING = "cancelling"
    VERIFYING = "verifying"
    REMOVING = "removing"

    @property
    def can_be_cancelled(self) -> bool:
        """Whether stopping it leaves nothing half done."""
        return self not in (Stage.CANCELLING, Stage.REMOVING)


@dataclass(frozen=True)
class Job:
    """Something at work. Sizes in bytes, ``total`` 0 and the others None where unknown.

    ``silent`` says that nothing was heard of it for a while.
    """

    stage: Stage
    bytes: int = 0
    total: int = 0
    bytes_per_second: float | None = None
    seconds_left: float | None = None
    silent: bool = False

    @property
    def share(self) -> float | None:
        """How much of it is done, 0..1; None where unknown."""
        return min(1.0, self.bytes / self.total) if self.total else None


class Wish(Enum):
    """What the user can want of a model, or of the list of them."""

    USE = "use"
    DOWNLOAD = "download"
    CANCEL = "cancel"
    VERIFY = "verify"
    REMOVE = "remove"
    LICENCE = "licence"
    DISMISS = "dismiss"
    LIST = "list"


@dataclass(frozen=True)
class Trouble:
    """What failed and what to do; a ``calm`` one is good news. ``again`` is what would help."""

    message: str
    advice: str = ""
    again: Wish | None = None
    calm: bool = False
