"""``voices``: what changes the library: rename, duplicate, remove, restore, export, import."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from ishowtts_desktop.cli.arguments import Actions
    from ishowtts_desktop.voices.library import VoiceLibrary


def add(actions: Actions) -> None:
    """Add the actions' arguments."""
    renaming = actions.add_parser("rename", help="call a voice otherwise; its id stays")
    renaming.add_argument("id", metavar="ID")
    renaming.add_argument("name", metavar="NAME")
    renaming.set_defaults(run=run_rename)
    doubling = actions.add_parser("duplicate", help="copy a voice, to try changes on the copy")
    doubling.add_argument("id", metavar="ID")
    doubling.add_argument("name", metavar="NAME", nargs="?", default="")
    _add_json(doubling)
    doubling.set_defaults(run=run_duplicate)
    removing = actions.add_parser("remove", help="take a voice away; `restore` brings it back")
    removing.add_argument("id", metavar="ID")
    _add_json(removing)
    removing.set_defaults(run=run_remove)
    restoring = actions.add_parser("restore", help="bring back the voice that was removed last")
    restoring.add_argument("token", nargs="?", metavar="TOKEN", help="another one, as remove said")
    _add_json(restoring)
    restoring.set_defaults(run=run_restore)
    exporting = actions.add_parser("export", help="write a voice into one file")
    exporting.add_argument("id", metavar="ID")
    exporting.add_argument("file", type=Path, metavar="FILE")
    _add_json(exporting)
    exporting.set_defaults(run=run_export)
    importing = actions.add_parser("import", help="add the voice in such a file")
    importing.add_argument("file", type=Path, metavar="FILE")
    _add_json(importing)
    importing.set_defaults(run=run_import)
    server = actions.add_parser(
        "import-ishowtts", help="take over the voices and settings of an ishowtts.toml"
    )
    server.add_argument("file", type=Path, metavar="FILE")
    _add_json(server)
    server.set_defaults(run=run_import_ishowtts)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _tell(options: argparse.Namespace, key: str, value: str, line: str = "") -> int:
    print(json.dumps({key: value}, ensure_ascii=False) if options.json else line or value)
    return 0


def run_rename(options: argparse.Namespace) -> int:
    """Give a voice another name."""
    _library().rename(options.id, options.name)
    return 0


def run_duplicate(options: argparse.Namespace) -> int:
    """Copy a voice and print the copy's id."""
    return _tell(options, "id", _library().duplicate(options.id, options.name).id)


def run_remove(options: argparse.Namespace) -> int:
    """Remove a voice and say how it comes back."""
    token = _library().remove(options.id)
    line = f"Removed. `voices restore {token}` brings it back."
    return _tell(options, "token", token, line)


def run_restore(options: argparse.Namespace) -> int:
    """Bring a removed voice back and print its id."""
    from ishowtts_desktop.core.errors import VoiceError

    library = _library()
    token = options.token
    if token is None:
        removed = library.removed()
        if not removed:
            raise VoiceError("No voice was removed.", "`voices list` tells who there is.")
        token = removed[0].token
    return _tell(options, "id", library.restore(token).id)


def run_export(options: argparse.Namespace) -> int:
    """Write one file with all of a voice."""
    from ishowtts_desktop.voices.bundle import export_voice

    export_voice(_library(), options.id, options.file)
    return _tell(options, "out", str(options.file))


def run_import(options: argparse.Namespace) -> int:
    """Add the voice of such a file and print its id."""
    from ishowtts_desktop.voices.bundle import import_voice

    return _tell(options, "id", import_voice(_library(), options.file).id)


def run_import_ishowtts(options: argparse.Namespace) -> int:
    """Take over what the server project had, and report on every line of it."""
    from ishowtts_desktop.core.clock import SystemClock
    from ishowtts_desktop.core.config_file import ConfigFile
    from ishowtts_desktop.core.errors import ConfigError
    from ishowtts_desktop.system.paths import Paths
    from ishowtts_desktop.voices.ishowtts import import_ishowtts, read_ishowtts

    file = ConfigFile(Paths.of_user().config_file, SystemClock())
    config, problem = file.load(set_aside=False)
    if problem is not None:
        raise ConfigError(problem.message, problem.advice)
    report = import_ishowtts(read_ishowtts(options.file), _library())
    # Before the settings are saved: the voices are here, whatever becomes of those.
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        print(report.as_text())
    if report.settings:
        config.speech = type(config.speech).model_validate(
            {**config.speech.model_dump(), **report.settings}
        )
        file.save(config)
    return 0


def _library() -> VoiceLibrary:
    from ishowtts_desktop.engines import open_library

    return open_library()
