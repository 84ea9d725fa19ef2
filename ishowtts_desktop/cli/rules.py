"""``rules``: the rules of reading as one file, to keep or to hand on."""

from __future__ import annotations

import errno
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ishowtts_desktop.core.errors import ConfigError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from ishowtts_desktop.cli.arguments import Verbs
    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.config_file import ConfigFile

HAND_OVER_SECONDS = 15.0


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser(
        "rules", help="write what is read, and how, into a file; take it over"
    )
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    exporting = actions.add_parser("export", help="write all rules but the private words")
    exporting.add_argument("file", type=Path, metavar="FILE")
    exporting.add_argument("--force", action="store_true", help="write over a file that is there")
    exporting.set_defaults(run=run_export)
    importing = actions.add_parser(
        "import", help="take over such a file; a running application goes by it at once"
    )
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--json", action="store_true", help="print one JSON object")
    importing.set_defaults(run=run_import)


def run_export(options: argparse.Namespace) -> int:
    """Write the rules into a file."""
    from ishowtts_desktop.reading.rulebook import exported

    target: Path = options.file
    _, config = _configuration()
    try:
        _write(target, exported(config), over=options.force)
    except FileExistsError as error:
        raise ConfigError(
            f"{target} is there already.", "Name another file, or write over it with --force."
        ) from error
    except OSError as error:
        raise ConfigError(
            f"The rules can't be written to {target}: {error.strerror or error}.",
            "Choose another file or folder, or free some space.",
        ) from error
    print(target)
    return 0


def _write(target: Path, data: bytes, *, over: bool) -> None:
    from ishowtts_desktop.core.files import replace_file

    if not over:
        # From here on the name is ours, whoever else wants it.
        target.touch(exist_ok=False)
    elif target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "it isn't a file")
    try:
        replace_file(target.resolve(), data)
    except OSError:
        if not over:
            target.unlink(missing_ok=True)
        raise


def run_import(options: argparse.Namespace) -> int:
    """Take over the rules of a file, all of them or none."""
    from ishowtts_desktop.desktop.instance_client import NotRunning
    from ishowtts_desktop.reading.rulebook import LARGEST, read_rulebook

    try:
        with options.file.open("rb") as source:
            data = source.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(
            f"The rules in {options.file} can't be read: {error.strerror or error}.",
            "Check the name and the permissions of the file.",
        ) from error
    try:
        tell_import(_hand_over(options.file, data), as_json=options.json)
    except NotRunning:
        file, config = _configuration()
        book = read_rulebook(config, data)
        file.save(book.config)
        taken = {"changed": book.changed, "skipped": book.unknown}
        tell_import(taken, as_json=options.json)
    return 0


def tell_import(taken: Mapping[str, Any], *, as_json: bool) -> None:
    """Print what was taken over and what was skipped."""
    changed, skipped = taken["changed"], taken["skipped"]
    if as_json:
        print(json.dumps({"changed": changed, "skipped": skipped}, ensure_ascii=False))
        return
    print("Changed: " + ", ".join(changed) if changed else "Nothing changed.")
    if skipped:
        print("Not known here, skipped: " + ", ".join(skipped), file=sys.stderr)


def _hand_over(file: Path, data: bytes) -> dict[str, Any]:
    """Let the running instance take the rules over: else it would write its own over them."""
    from ishowtts_desktop.desktop.instance_client import send

    if file.is_file():
        return send("import-rules", [str(file.absolute())], timeout=HAND_OVER_SECONDS)
    # A pipe is empty now, and isn't there for another process anyway.
    with tempfile.NamedTemporaryFile(prefix="rules-", suffix=".toml") as copy:
        copy.write(data)
        copy.flush()
        return send("import-rules", [copy.name], timeout=HAND_OVER_SECONDS)


def _configuration() -> tuple[ConfigFile, Config]:
    from ishowtts_desktop.core.clock import SystemClock
    from ishowtts_desktop.core.config_file import ConfigFile
    from ishowtts_desktop.system.paths import Paths

    file = ConfigFile(Paths.of_user().config_file, SystemClock())
    config, problem = file.load(set_aside=False)
    if problem is not None:
        raise ConfigError(problem.message, problem.advice)
    return file, config
