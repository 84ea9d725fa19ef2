"""Reading and writing ``config.toml`` without losing a line that the user wrote in it.

Only what changed is written, into the file as it is at that moment: comments, unknown keys and
edits made meanwhile stay. Every write goes to a new file that takes the old one's place, and the
last good copy stays beside it as ``config.toml.bak``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import tomlkit

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.errors import ConfigError
from ishowtts_desktop.core.files import replace_file
from ishowtts_desktop.core.toml_faults import BROKEN, one_line

if TYPE_CHECKING:
    from pathlib import Path

    from tomlkit import TOMLDocument

    from ishowtts_desktop.core.clock import Clock

_ROOM = "Free some space or make the folder writable; until then changes last for this run only."


@dataclass(frozen=True)
class ConfigProblem:
    """Why the defaults started; ``set_aside`` is where the user's file is now, if it was moved."""

    message: str
    advice: str
    set_aside: Path | None = None


class ConfigFile:
    """The file at ``path``. For one thread."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._known = Config()

    def load(self, *, set_aside: bool = True) -> tuple[Config, ConfigProblem | None]:
        """Read the file; defaults when there is none. Never raises.

        A file that doesn't parse or validate is renamed to ``config.broken-DATE-TIME.toml``; then
        the defaults come back, with the problem to show. Who is only looking leaves it there.
        """
        config, problem = Config(), None
        try:
            config = _validated(_parsed(self._path.read_bytes()))
        except FileNotFoundError:
            pass
        except OSError as error:
            problem = ConfigProblem(
                f"The configuration {self._path} can't be read: {_reason(error)}.",
                "Check the file's permissions. The defaults are in use.",
            )
        except BROKEN as error:
            problem = self._set_aside(error) if set_aside else self._left(error)
        self._known = config.model_copy(deep=True)
        return config, problem

    def save(self, config: Config) -> None:
        """Write what changed since the last `load` or `save`; raises `ConfigError`, file intact."""
        try:
            self._save(config)
        except OSError as error:
            message = f"The configuration {self._path} can't be written: {_reason(error)}."
            raise ConfigError(message, _ROOM) from error
        except BROKEN as error:
            message = f"The configuration {self._path} can't be changed: {one_line(error)}."
            raise ConfigError(message, "Look at the file in an editor, or remove it.") from error
        self._known = config.model_copy(deep=True)

    def _save(self, config: Config) -> None:
        current = self._current()
        document = tomlkit.document() if current is None else _parsed(current)
        changes = _changes(Config() if current is None else self._known, config)
        if not changes:
            return
        for section, key, value in changes:
            _put(document, section, key, value)
        data = tomlkit.dumps(document).encode("utf-8")
        _check(data, changes)
        # A symbolic link (a folder of dotfiles) stays one: its target is replaced.
        target = self._path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if current is not None:
            replace_file(target.with_name(target.name + ".bak"), current)
        replace_file(target, data)

    def _current(self) -> bytes | None:
        """Read what is on the disk now, None without a file or with one that had to be moved."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            _validated(_parsed(data))
        except BROKEN as error:
            if self._set_aside(error).set_aside is None:
                raise
            return None
        return data

    def _left(self, error: BaseException) -> ConfigProblem:
        message = f"The configuration {self._path} can't be understood: {one_line(error)}."
        return ConfigProblem(message, "The defaults are in use; repair the file in an editor.")

    def _set_aside(self, error: BaseException) -> ConfigProblem:
        message = f"The configuration {self._path} can't be understood: {one_line(error)}."
        backup = self._path.with_name(self._path.name + ".bak")
        hint = f" The last good copy is {backup}." if backup.is_file() else ""
        try:
            aside = self._moved()
        except OSError as refusal:
            return ConfigProblem(
                message, f"It can't be moved either ({_reason(refusal)}); repair it there.{hint}"
            )
        return ConfigProblem(
            message, f"It is kept as {aside}; the defaults are in use.{hint}", aside
        )

    def _moved(self) -> Path:
        aside = self._reserved()
        try:
            self._path.replace(aside)
        except OSError:
            aside.unlink()
            raise
        return aside

    def _reserved(self) -> Path:
        local = datetime.fromtimestamp(self._clock.wall(), timezone.utc).astimezone()
        stem = f"{self._path.stem}.broken-{local:%Y%m%d-%H%M%S}"
        number = 1
        while True:
            name = f"{stem}.toml" if number == 1 else f"{stem}-{number}.toml"
            try:
                # Made here and now, so that no other process takes the name in between.
                self._path.with_name(name).touch(mode=0o600, exist_ok=False)
            except FileExistsError:
                number += 1
            else:
                return self._path.with_name(name)


def _parsed(data: bytes) -> TOMLDocument:
    return tomlkit.parse(data.decode("utf-8-sig"))


def _validated(document: TOMLDocument) -> Config:
    return Config.model_validate(document.unwrap())


def _flat(config: Config) -> dict[tuple[str, str], Any]:
    return {
        (section, key): value
        for section, table in config.model_dump().items()
        for key, value in table.items()
    }


def _changes(before: Config, after: Config) -> list[tuple[str, str, Any]]:
    old = _flat(before)
    return [(*place, value) for place, value in _flat(after).items() if old[place] != value]


def _put(document: TOMLDocument, section: str, key: str, value: object) -> None:
    if section not in document:
        document[section] = tomlkit.table()
    table: Any = document[section]
    if value is None:
        # TOML has no word for nothing: the key goes.
        table.pop(key, None)
    else:
        table[key] = value


def _check(data: bytes, changes: list[tuple[str, str, Any]]) -> None:
    """Make sure that what is about to be written says what it should."""
    written = _flat(_validated(_parsed(data)))
    if any(written[section, key] != value for section, key, value in changes):
        raise ValueError("its layout doesn't take the change")


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
