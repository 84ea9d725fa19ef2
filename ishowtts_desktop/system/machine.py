"""How the doctor looks at this machine: environment, libraries, programs, and a process apart.

What may block, print or crash (PortAudio, espeak, a keyring) is tried in a process of its own with
a time limit, so that looking at a sick machine never harms the one who looks.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TRIAL_SECONDS = 20.0


@dataclass(frozen=True)
class Trial:
    """What a piece of code said in its own process: its JSON ``answer``, or why there is none."""

    answer: Any = None
    failure: str = ""


class Machine:
    """The machine that this process runs on. Every method answers; none raises."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self.environment = dict(os.environ if environment is None else environment)

    @property
    def python(self) -> tuple[int, int, int]:
        """The version of the Python that runs."""
        return (sys.version_info.major, sys.version_info.minor, sys.version_info.micro)

    def version(self, package: str) -> str:
        """Return the version of an installed package, or an empty string."""
        try:
            return importlib.metadata.version(package)
        except (importlib.metadata.PackageNotFoundError, ValueError, OSError):
            return ""

    def has_module(self, name: str) -> bool:
        """Tell whether a module could be imported, without importing it."""
        try:
            return importlib.util.find_spec(name) is not None
        except (ImportError, ValueError):
            return False

    def library_failure(self, name: str) -> str:
        """Load a shared library; return why that failed, or an empty string."""
        try:
            ctypes.CDLL(name)
        except OSError as error:
            return str(error)
        return ""

    def program(self, name: str) -> str:
        """Return the path of a program, or an empty string."""
        return shutil.which(name, path=self.environment.get("PATH")) or ""

    def free_bytes(self, folder: Path) -> int | None:
        """Return the free space where ``folder`` is or would be made; None when nobody knows."""
        try:
            existing = next(place for place in (folder, *folder.parents) if place.exists())
            return shutil.disk_usage(existing).free
        except (OSError, StopIteration):
            return None

    def try_apart(self, code: str, seconds: float = TRIAL_SECONDS) -> Trial:
        """Run Python code in a process of its own; the last line it prints is its JSON answer."""
        try:
            done = subprocess.run(  # noqa: S603 - our own Python with our own code
                [sys.executable, "-c", code],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Trial(failure=f"no answer within {seconds:g} s")
        except (OSError, ValueError) as error:
            return Trial(failure=str(error))
        if done.returncode != 0:
            return Trial(failure=_last_line(done.stderr) or f"ended with code {done.returncode}")
        try:
            return Trial(answer=json.loads(_last_line(done.stdout)))
        except ValueError:
            return Trial(failure="an answer that makes no sense")


def _last_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip()[:300] if lines else ""
