"""The rules as one file to hand on: how chat is read, what gives way, who is read, how it sounds.

TOML with the sections of the configuration. What is private stays out, and so does the switch
whether chat is read at all. A file may leave out what it likes; that stays as it was. Keys that
this version doesn't know are skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import tomlkit
from pydantic import ValidationError

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.errors import ConfigError
from ishowtts_desktop.core.toml_faults import BROKEN, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SECTIONS: Final = ("reading", "load", "rules", "words", "casting")
"""What a rulebook is made of, by the names that `Config` has for it."""

LARGEST: Final = 1 << 20
"""A larger file, in bytes, is no rulebook."""

_NOT_SHARED: Final = ("reading", "reading")
_TITLE: Final = "Rules of iShowTTS Desktop: what is read of a chat, and how."
_ADVICE: Final = "Correct that in an editor and import it again."


@dataclass(frozen=True)
class Rulebook:
    """What a file says: the configuration with it, what it changes, and the keys that are unknown.

    ``changed`` and ``unknown`` are places such as "rules.shortest".
    """

    config: Config
    changed: tuple[str, ...]
    unknown: tuple[str, ...]


def exported(config: Config) -> bytes:
    """Return the rulebook of ``config``, TOML in UTF-8."""
    document = tomlkit.document()
    document.add(tomlkit.comment(_TITLE))
    for section in SECTIONS:
        values = getattr(config, section).model_dump()
        shared = {key: value for key, value in values.items() if (section, key) != _NOT_SHARED}
        document[section] = shared
    # Half of a surrogate pair, which a file can't hold, becomes a question mark.
    return tomlkit.dumps(document).encode("utf-8", "replace")


def imported(config: Config, data: bytes) -> Config:
    """Return ``config`` with what the rulebook says; raises `ConfigError`, nothing changed."""
    return read_rulebook(config, data).config


def read_rulebook(config: Config, data: bytes) -> Rulebook:
    """Do what `imported` does, and tell what changed and what was skipped."""
    tables, lines = _parsed(data)
    told = {name: tables[name] for name in SECTIONS if name in tables}
    if not told:
        names = ", ".join(f"[{name}]" for name in SECTIONS)
        raise ConfigError(
            "There are no rules in that file.", f"A rulebook has at least one of {names}."
        )
    before = config.model_dump()
    after = {**before}
    for name, table in told.items():
        if not isinstance(table, dict):
            raise ConfigError(
                f"The rules can't be understood: {_place((name,), lines)} isn't a section.", _ADVICE
            )
        # The file may have been made by hand, or be somebody's whole configuration.
        after[name] = {**before[name], **table}
    section, key = _NOT_SHARED
    after[section] = {**after[section], key: before[section][key]}
    try:
        result = Config.model_validate(after)
    except ValidationError as error:
        raise _misfit(error, lines) from error
    return Rulebook(result, tuple(_changed(before, result)), tuple(_unknown(tables, config)))


def _parsed(data: bytes) -> tuple[dict[str, Any], list[str]]:
    if len(data) > LARGEST:
        raise ConfigError(
            f"That is no rulebook: it is larger than {LARGEST >> 20} MB.", "Choose another file."
        )
    try:
        text = data.decode("utf-8-sig")
        return tomlkit.parse(text).unwrap(), text.splitlines()
    except BROKEN as error:
        raise ConfigError(f"The rules can't be understood: {one_line(error)}.", _ADVICE) from error


def _misfit(error: ValidationError, lines: Sequence[str]) -> ConfigError:
    first = error.errors(include_url=False, include_input=False)[0]
    place = _place(first["loc"], lines)
    return ConfigError(f"The rules can't be taken over: {place}: {first['msg']}.", _ADVICE)


def _place(path: Sequence[object], lines: Sequence[str]) -> str:
    """Name a key as "rules.shortest (line 12)"; without the line where it can't be found."""
    name = ".".join(str(part) for part in path)
    line = _line_of(path, lines)
    return f"{name} (line {line})" if line else name


def _line_of(path: Sequence[object], lines: Sequence[str]) -> int:
    """Return where a key of a section stands, as far as its layout is the usual one, else 0."""
    section, *keys = map(str, path)
    found = inside = 0
    for number, line in enumerate(lines, start=1):
        header = re.match(r"\s*\[+\s*([\w\".-]+)\s*\]", line)
        if header:
            inside = header[1].split(".")[0].strip('"') == section
            found = found or (number if inside else 0)
        elif inside and keys and re.match(rf'\s*"?{re.escape(keys[0])}"?\s*=', line):
            return number
    return found


def _changed(before: Mapping[str, Any], after: Config) -> Iterator[str]:
    now = after.model_dump()
    for section in SECTIONS:
        for key, value in now[section].items():
            if before[section][key] != value:
                yield f"{section}.{key}"


def _unknown(tables: Mapping[str, Any], config: Config) -> Iterator[str]:
    for section, table in tables.items():
        if section not in SECTIONS:
            yield section
            continue
        known = set(getattr(config, section).model_dump())
        known -= {key for where, key in (_NOT_SHARED,) if where == section}
        yield from (f"{section}.{key}" for key in table if key not in known)
