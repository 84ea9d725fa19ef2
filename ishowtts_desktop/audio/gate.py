"""Tells by the level of a microphone whether somebody talks into it. Pure: time comes with it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ishowtts_desktop.core.reading_config import GateConfig

SILENCE_DB = -math.inf
# Levels come fifty times a second; after such a hole nothing is known of what was before it.
HOLE_SECONDS = 1.0


class Gate:
    """Talk begins ``attack_seconds`` after the level rose and ends with a pause: see `GateConfig`.

    What goes on for ``longest_hold`` without a pause counts as noise until there is one: a fan or
    music can't keep the reading silent. A pause is ``release_seconds`` below the lower threshold.
    """

    def __init__(self, config: GateConfig) -> None:
        self._config = config
        self._talking = False
        self._noise = False
        self._began = 0.0
        self._heard_at: float | None = None
        self._loud_since: float | None = None
        self._low_since: float | None = None

    @property
    def talking(self) -> bool:
        """Whether somebody talks."""
        return self._talking

    def use(self, config: GateConfig) -> None:
        """Go by these thresholds and times from the next level on."""
        self._config = config

    def reset(self) -> None:
        """Forget what was heard: nobody talks, and nothing is noise."""
        self._talking = self._noise = False
        self._heard_at = self._loud_since = self._low_since = None

    def hear(self, level: float, now: float) -> bool:
        """Take a level, dB of full scale, at ``now`` seconds; return whether somebody talks.

        A level that is no finite number is silence. After a hole of more than a second, or when
        time goes back, it begins anew.
        """
        if self._heard_at is not None and not 0 <= now - self._heard_at <= HOLE_SECONDS:
            self.reset()
        self._heard_at = now
        self._listen(level if math.isfinite(level) else SILENCE_DB, now)
        if self._talking or self._noise:
            self._await_pause(now)
        elif self._loud_since is not None and now - self._loud_since >= self._config.attack_seconds:
            self._talking, self._began = True, now
        return self._talking

    def _listen(self, level: float, now: float) -> None:
        """Note since when the level is above the upper threshold, and below the lower one."""
        config = self._config
        if level < config.threshold_db:
            self._loud_since = None
        elif self._loud_since is None:
            self._loud_since = now
        if level >= config.threshold_db - config.hysteresis_db:
            self._low_since = None
        elif self._low_since is None:
            self._low_since = now

    def _await_pause(self, now: float) -> None:
        config = self._config
        if self._low_since is not None and now - self._low_since >= config.release_seconds:
            self._talking = self._noise = False
        elif self._talking and now - self._began >= config.longest_hold:
            self._talking, self._noise = False, True
