"""Scenes for the stand-in of the verbs of ``models``, and what the window shows of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = Path(__file__).with_name("model_verbs.py")
LICENCE = "Free for everything but making money.\nAsk when in doubt."
GB = 1_000_000_000


def entry(model: str = "v1-base", state: str = "absent", **changes: Any) -> dict[str, Any]:
    """What ``models list`` says of a model."""
    told = {
        "id": model,
        "name": f"F5-TTS {model}",
        "description": "The one to begin with.",
        "bytes": 1_400_000_000,
        "licence": "CC-BY-NC-4.0",
        "licence_text": LICENCE,
        "state": state,
        "bytes_here": {"absent": 0, "partial": 500_000_000, "complete": 1_400_000_000}[state],
    }
    if state == "complete":
        told["folder"] = f"/models/{model}"
    return {**told, **changes}


def progress(done: int, total: int = 1_400_000_000, **changes: Any) -> list[Any]:
    """The step of a scene that tells of so many bytes."""
    event = {"event": "progress", "file": "model.safetensors", "bytes": done, "total": total}
    return ["say", {**event, "bytes_per_second": 12_300_000, "seconds_left": 73, **changes}]


DONE = ["say", {"event": "done", "folder": "/models/v1-base"}]
CHECKING = ["say", {"event": "checking"}]
REFUSED = [
    ["say", {"event": "failed", "message": "No network.", "advice": "Plug it in."}],
    ["end", 1],
]


class Scene:
    """What the verbs are to say; ``command`` runs them."""

    def __init__(self, folder: Path, *models: dict[str, Any]) -> None:
        self.folder = folder
        self.command = (sys.executable, "-I", "-S", str(PROGRAM), str(folder))
        cache = {"cache": str(folder / "hub"), "free_bytes": 23 * GB}
        self._told: dict[str, Any] = {"list": {"models": list(models), **cache}}
        self._write()

    def plays(self, verb: str, *steps: Sequence[Any]) -> None:
        """Set what a verb does: "download v1-base", or "before list"."""
        self._told[verb] = list(steps)
        self._write()

    def lists(self, *models: dict[str, Any]) -> None:
        """Set what there is."""
        self._told["list"]["models"] = list(models)
        self._write()

    def goes_on(self, name: str = "go") -> None:
        """Let what waits for this go on."""
        (self.folder / name).touch()

    @property
    def listings(self) -> int:
        """How many times the list was asked for."""
        return (self.folder / "asked").read_text().count("models list")

    @property
    def asked(self) -> list[str]:
        """The verbs that were run, in their order, without the listings."""
        path = self.folder / "asked"
        lines = path.read_text().splitlines() if path.exists() else []
        return [line for line in lines if " list " not in line]

    def _write(self) -> None:
        (self.folder / "scene.json").write_text(json.dumps(self._told))
