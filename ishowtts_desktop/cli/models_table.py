"""What ``models list`` tells, for programs and for people."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

from ishowtts_desktop.core.sizes import readable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ishowtts_desktop.core.published import PublishedModel
    from ishowtts_desktop.models.acceptance import Acceptances
    from ishowtts_desktop.models.cache import Cache
    from ishowtts_desktop.models.folder import PartCheck

WIDTH: Final = 100


def models_json(
    catalogue: Sequence[PublishedModel],
    cache: Cache,
    acceptances: Acceptances,
    chosen: tuple[Path, tuple[PartCheck, ...], str] | None,
) -> dict[str, Any]:
    """Return the object of ``models list --json``. Raises `OSError` for the cache's disk.

    ``chosen`` is a folder chosen by hand, what was found in it, and what is missing.
    """
    listed: dict[str, Any] = {
        "models": [_model_json(model, catalogue, cache, acceptances) for model in catalogue],
        "cache": str(cache.folder),
        "free_bytes": cache.free_bytes(),
    }
    if chosen is not None:
        folder, parts, missing = chosen
        good = bool(parts) and all(part.ok for part in parts)
        listed["chosen"] = {
            "folder": str(folder),
            "state": "complete" if good else "partial" if parts else "absent",
            "files": [
                {"path": str(part.path), "ok": part.ok, "problem": part.problem} for part in parts
            ],
            "problem": missing,
        }
    return listed


def models_table(listed: dict[str, Any]) -> str:
    """Write the object of `models_json` for people."""
    rows = [("id", "name", "size", "licence", "state")]
    for model in listed["models"]:
        state = model["state"]
        if state == "partial":
            state += f", {readable(model['bytes_here'])} here"
        rows.append((model["id"], model["name"], _about(model), model["licence"], state))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    ]
    lines += ["", f"{listed['cache']} has {readable(listed['free_bytes'])} free."]
    texts = {model["licence"]: model["licence_text"] for model in listed["models"]}
    lines += ["", *(textwrap.fill(f"{name}: {text}", WIDTH) for name, text in texts.items())]
    if "chosen" in listed:
        lines += ["", *_chosen_lines(listed["chosen"])]
    return "\n".join(lines)


def _model_json(
    model: PublishedModel,
    catalogue: Sequence[PublishedModel],
    cache: Cache,
    acceptances: Acceptances,
) -> dict[str, Any]:
    state = cache.state(model, catalogue)
    told: dict[str, Any] = {
        "id": model.id,
        "name": model.name,
        "description": model.description,
        "bytes": model.bytes,
        "licence": model.licence.id,
        "licence_text": model.licence.text,
        "licence_accepted": acceptances.accepted(model),
        "state": state.state,
        "bytes_here": state.bytes_here,
    }
    return told if state.folder is None else {**told, "folder": str(state.folder)}


def _about(model: dict[str, Any]) -> str:
    return f"about {readable(model['bytes'])}"


def _chosen_lines(chosen: dict[str, Any]) -> list[str]:
    lines = [f"{chosen['folder']}: {chosen['state']}"]
    if chosen["problem"]:
        lines.append(f"  {chosen['problem']}")
    parts = [f"  {file['path']} {file['problem'] or 'seems good'}" for file in chosen["files"]]
    return lines + parts
