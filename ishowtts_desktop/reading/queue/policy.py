"""What the queue goes by: the numbers and switches of two sections of the configuration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Lane, Stage

if TYPE_CHECKING:
    from ishowtts_desktop.core.reading_config import LoadConfig, ReadingConfig

PROTECTED = frozenset((Lane.STREAMER, Lane.PAID))
"""Lanes whose utterances are never evicted, never expire and are never sampled."""
UNPROTECTED = frozenset(Lane) - PROTECTED
"""All others."""
SAMPLED = frozenset((Lane.MENTION, Lane.NORMAL))
"""Lanes of which only a part is said once chat can't be followed."""


@dataclass(frozen=True)
class QueuePolicy:
    """How long the queue may get and how it gives way; all times are seconds.

    ``max_seconds`` bounds the speech that waits, ``hold_seconds`` is how long each message waits at
    least. The rest is as in `LoadConfig`.
    """

    max_seconds: float = 45.0
    hold_seconds: float = 0.0
    names_off: bool = True
    faster: float = 1.15
    merge: bool = True
    sample: bool = True
    say_skipped: bool = True
    fresh_seconds: float = 5.0
    user_share: float = 0.5

    @classmethod
    def of(cls, reading: ReadingConfig, load: LoadConfig) -> QueuePolicy:
        """Return the policy that the configuration asks for."""
        return cls(
            max_seconds=reading.queue_seconds,
            hold_seconds=reading.hold_seconds,
            names_off=load.names_off,
            faster=load.faster,
            merge=load.merge,
            sample=load.sample,
            say_skipped=load.say_skipped,
            fresh_seconds=load.fresh_seconds,
            user_share=load.user_share,
        )

    def allows(self, stage: Stage) -> bool:
        """Tell whether what ``stage`` does is wanted."""
        wanted = {
            Stage.CALM: True,
            Stage.NAMES_OFF: self.names_off,
            Stage.FASTER: self.faster > 1.0,
            Stage.MERGING: self.merge,
            Stage.SAMPLING: self.sample,
        }
        return wanted[stage]
