"""Where this user's files are."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import PlatformDirs

if TYPE_CHECKING:
    from collections.abc import Mapping

_APPLICATION = "ishowtts-desktop"


@dataclass(frozen=True)
class Paths:
    """Absolute paths; none of them has to exist yet.

    ``data``, ``voices``, ``logs``, ``cache`` and ``runtime`` are folders; what is in ``cache`` may
    be deleted at any time, what is in ``runtime`` ends with the login session.
    """

    config_file: Path
    data: Path
    voices: Path
    history_file: Path
    logs: Path
    cache: Path
    runtime: Path

    @property
    def chosen_voices_file(self) -> Path:
        """Where it is kept which voice each viewer chose."""
        return self.data / "chosen-voices.json"

    @classmethod
    def of_user(cls, environment: Mapping[str, str] = os.environ) -> Paths:
        """Say where this platform keeps them, or below ``ISHOWTTS_HOME`` when that is set."""
        home = environment.get("ISHOWTTS_HOME", "")
        if home:
            return cls.under(Path(home))
        dirs = PlatformDirs(_APPLICATION, appauthor=False)
        return cls(
            config_file=dirs.user_config_path / "config.toml",
            data=dirs.user_data_path,
            voices=dirs.user_data_path / "voices",
            history_file=dirs.user_data_path / "history.sqlite",
            logs=dirs.user_log_path,
            cache=dirs.user_cache_path,
            runtime=_runtime(dirs),
        )

    @classmethod
    def under(cls, folder: Path) -> Paths:
        """Put all of them below one folder: a test's, or a portable installation's."""
        root = folder.expanduser().absolute()
        return cls(
            config_file=root / "config.toml",
            data=root / "data",
            voices=root / "data" / "voices",
            history_file=root / "data" / "history.sqlite",
            logs=root / "logs",
            cache=root / "cache",
            runtime=root / "runtime",
        )


def _runtime(dirs: PlatformDirs) -> Path:
    with warnings.catch_warnings():
        # Without a login session platformdirs warns of its fallback below /tmp; it serves.
        warnings.simplefilter("ignore")
        return dirs.user_runtime_path
