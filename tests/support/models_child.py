"""The command line in a process of its own, with the small catalogue of the stand-in hub."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from ishowtts_desktop.core import published
from tests.support.hub import SMALL_CATALOGUE
published.CATALOGUE = SMALL_CATALOGUE
from ishowtts_desktop.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


class ModelsChild:
    """Runs ``models`` against the hub at ``endpoint``, all its files below ``folder``."""

    def __init__(self, endpoint: str, folder: Path, **environment: str) -> None:
        self.hub_cache = folder / "hub"
        self.home = folder / "home"
        spared = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        self.environment = {
            **spared,
            "HF_ENDPOINT": endpoint,
            "HF_HUB_CACHE": str(self.hub_cache),
            "ISHOWTTS_HOME": str(self.home),
            # Whoever sends this to a public file's host has sent it too far.
            "HF_TOKEN": "hf_canary",
            **environment,
        }

    @contextlib.contextmanager
    def start(
        self, *arguments: str, terminal: int | None = None
    ) -> Iterator[subprocess.Popen[str]]:
        """Start it, on ``terminal`` if that is given; at the end of the block it is killed."""
        streams = (subprocess.DEVNULL, subprocess.PIPE, subprocess.PIPE)
        reading, writing, errors = streams if terminal is None else (terminal,) * 3
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "models", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=reading,
            stdout=writing,
            stderr=errors,
            text=True,
        ) as child:
            try:
                yield child
            finally:
                child.kill()

    def run(self, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
        """Run it to its end; returns the exit code, the JSON objects of its output, its errors."""
        with self.start(*arguments, "--json") as child:
            out, errors = child.communicate(timeout=60)
        return child.returncode, [json.loads(line) for line in out.splitlines()], errors

    def end(self, child: subprocess.Popen[str], number: signal.Signals) -> list[dict[str, Any]]:
        """Send a signal, wait for the end, and return what was told until then."""
        child.send_signal(number)
        out, _ = child.communicate(timeout=30)
        return [json.loads(line) for line in out.splitlines() if line.endswith("}")]
