"""``models``: checkpoints of the F5 engine."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.cli.arguments import seed
from ishowtts_desktop.core.errors import EngineError, ModelError
from ishowtts_desktop.core.published import CATALOGUE, hub_folder
from ishowtts_desktop.speech.f5.arch import ARCHS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from ishowtts_desktop.cli.arguments import Verbs
    from ishowtts_desktop.core.published import PublishedModel
    from ishowtts_desktop.models.folder import PartCheck
    from ishowtts_desktop.models.verification import FileCheck


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("models", help="get, check and remove models of the F5 voice")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="what there is to have, and what is here")
    listing.add_argument(
        "--folder", type=Path, metavar="DIR", help="look at a model of your own as well"
    )
    listing.set_defaults(run=run_list)
    downloading = actions.add_parser("download", help="bring one here, or go on with it")
    downloading.add_argument(
        "--accept-licence", action="store_true", help="agree to the licence that `list` shows"
    )
    downloading.set_defaults(run=run_download)
    verifying = actions.add_parser("verify", help="hash what is here once more")
    verifying.set_defaults(run=run_verify)
    removing = actions.add_parser("remove", help="give the room of one back")
    removing.set_defaults(run=run_remove)
    for action in (downloading, verifying, removing):
        action.add_argument("model", metavar="ID", choices=[model.id for model in CATALOGUE])
    for action in (listing, downloading, verifying, removing):
        action.add_argument("--json", action="store_true", help="print JSON")
    making = actions.add_parser("make-random", help="write random weights: they sound like noise")
    making.add_argument("--arch", choices=sorted(ARCHS), required=True, help="the model's shape")
    making.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder")
    making.add_argument("--seed", type=seed, default=0, help="another number, other weights")
    making.set_defaults(run=run_make_random)


def run_list(options: argparse.Namespace) -> int:
    """Print the catalogue, and what of it is on this disk; asks no network."""
    from ishowtts_desktop.cli.models_table import models_json, models_table
    from ishowtts_desktop.models.acceptance import LICENCES_FILE, Acceptances
    from ishowtts_desktop.models.cache import Cache
    from ishowtts_desktop.models.faults import disk
    from ishowtts_desktop.system.paths import Paths

    cache = Cache(hub_folder(os.environ))
    acceptances = Acceptances(Paths.of_user().data / LICENCES_FILE)
    chosen = None if options.folder is None else _chosen(options.folder)
    try:
        listed = models_json(CATALOGUE, cache, acceptances, chosen)
    except OSError as error:
        raise disk(error, cache.folder) from error
    print(json.dumps(listed) if options.json else models_table(listed))
    return 0


def _chosen(folder: Path) -> tuple[Path, tuple[PartCheck, ...], str]:
    """Look at a folder chosen by hand; returns it, its parts, and what is missing if any is."""
    from ishowtts_desktop.models.folder import check_parts
    from ishowtts_desktop.speech.f5.search import find_files

    try:
        files = find_files(folder, os.environ)
    except EngineError as error:
        return folder, (), str(error)
    return folder, check_parts(files.model, files.vocabulary, files.vocos), ""


def run_download(options: argparse.Namespace) -> int:
    """Bring a model into the Hugging Face cache; 130 when that was cancelled."""
    from ishowtts_desktop.cli.models_download import download

    return download(_model(options), accept=options.accept_licence, as_json=options.json)


def run_verify(options: argparse.Namespace) -> int:
    """Hash a model's files; 1 unless all of them are what was published."""
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.models.cache import Cache
    from ishowtts_desktop.models.verification import verify

    cache = Cache(hub_folder(os.environ))
    checks = verify(_model(options), CATALOGUE, cache, lambda _: None, CancelToken())
    ok = all(check.ok for check in checks)
    if options.json:
        print(json.dumps({"ok": ok, "files": [vars(check) for check in checks]}))
    for check in () if options.json else checks:
        state = "good" if check.ok else "damaged" if check.found else "missing"
        print(f"{state:8}  {check.path}")
    if not ok:
        raise ModelError(f"{options.model} is not whole.", _cure(_model(options), checks))
    return 0


def _cure(model: PublishedModel, checks: Sequence[FileCheck]) -> str:
    """Say what to remove: a model's vocoder is one of its companions, which `remove` spares."""
    damaged = {check.path for check in checks if check.found and not check.ok}
    owners = [
        other.id
        for other in CATALOGUE
        if other.id in (model.id, *model.companions)
        and any(file.path in damaged for file in other.files)
    ]
    removing = "".join(f"`models remove {owner}`, then " for owner in owners)
    return f"Do {removing}`models download {model.id}`."


def run_remove(options: argparse.Namespace) -> int:
    """Remove a model's files, and nothing else of the cache."""
    from ishowtts_desktop.core.sizes import readable
    from ishowtts_desktop.models.cache import Cache
    from ishowtts_desktop.models.removal import remove

    freed = remove(_model(options), Cache(hub_folder(os.environ)))
    print(json.dumps({"removed_bytes": freed}) if options.json else f"{readable(freed)} freed")
    return 0


def run_make_random(options: argparse.Namespace) -> int:
    """Write the checkpoint and say what it is."""
    try:
        from ishowtts_desktop.speech.f5.random_weights import NOTE, write_random
    except ImportError as error:
        raise EngineError(
            f"The F5 engine needs {error.name}, which is not installed.",
            "Install the extra: pip install 'ishowtts-desktop[f5]'.",
        ) from error
    model = write_random(ARCHS[options.arch], options.out, options.seed)
    print(f"{model}\n{NOTE}")
    return 0


def _model(options: argparse.Namespace) -> PublishedModel:
    return next(model for model in CATALOGUE if model.id == options.model)
