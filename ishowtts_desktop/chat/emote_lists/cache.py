"""Lists that were fetched before, as files: the network may be gone when the stream begins."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, NamedTuple

from ishowtts_desktop.core.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.clock import Clock

_log = logging.getLogger(__name__)

MOST_FILES = 200


class Kept(NamedTuple):
    """A list, and for how many seconds it has been kept."""

    names: frozenset[str]
    age: float


class ListCache:
    """Files below ``folder``, which may vanish at any time. Raises nothing."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def read(self, provider: str, channel_id: str) -> Kept | None:
        """Return what was kept, None for nothing or what can't be read."""
        try:
            kept = json.loads(self._file(provider, channel_id).read_bytes())
            names = frozenset(name for name in kept["names"] if isinstance(name, str))
            age = self._clock.wall() - float(kept["at"])
            # From the future: a clock was wrong, and for how long isn't known.
            return Kept(names, age) if age >= 0 else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            _log.info("a kept list of emotes of %s is of no use: %s", provider, error)
            return None

    def write(self, provider: str, channel_id: str, names: frozenset[str]) -> None:
        """Keep a list in place of the one before."""
        data = json.dumps({"at": self._clock.wall(), "names": sorted(names)}).encode()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(self._file(provider, channel_id), data)
            self._forget_oldest()
        except OSError as error:
            _log.info("the list of emotes of %s can't be kept: %s", provider, error)

    def _file(self, provider: str, channel_id: str) -> Path:
        return self._folder / f"{provider}-{channel_id or 'everywhere'}.json"

    def _forget_oldest(self) -> None:
        files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for file in files[:-MOST_FILES]:
            file.unlink(missing_ok=True)
