"""A Debian of the test's own: scripts named dpkg-query, apt-get and so on, and their calls."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TOOLS = (
    "sh",
    "awk",
    "cat",
    "cut",
    "dirname",
    "env",
    "grep",
    "mktemp",
    "rm",
    "sed",
    "sort",
    "tail",
    "tr",
    "true",
)
SCRIPTS = {
    "dpkg": "echo arm64",
    # -W -f FORMAT NAME...: "package architecture status" of those that are known
    "dpkg-query": 'shift 3; for n; do grep "^$n " "$DEBIAN/installed"; done; exit 1',
    "apt-cache": 'if grep -qx "$2" "$DEBIAN/known"; then echo "  Candidate: 1.0";'
    ' elif grep -qx "$2" "$DEBIAN/virtual"; then echo "  Candidate: (none)"; fi',
    "apt-get": 'echo "apt-get $*" >>"$DEBIAN/calls"\n'
    'case "$*" in\n'
    '*update*) cat "$DEBIAN/after-update" >>"$DEBIAN/known"\nexit "$(cat "$DEBIAN/update-code")" ;;'
    "\n"
    'esac\nif [ -s "$DEBIAN/broken" ]; then read -r n <"$DEBIAN/broken"; : >"$DEBIAN/broken";'
    ' echo "E: $n" >&2; exit 100; fi',
    "sudo": 'echo "sudo $*" >>"$DEBIAN/calls"; [ ! -e "$DEBIAN/no-sudo" ] || exit 1;'
    ' [ "$1" = -n ] && shift; exec "$@"',
    "id": 'cat "$DEBIAN/uid"',
}


class FakeDebian:
    """Runs ``packaging/system-packages`` on a machine with these packages and nothing else."""

    def __init__(self, folder: Path, *, dpkg: bool = True) -> None:
        self._folder = folder
        self._bin = folder / "bin"
        self._bin.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, tool
            (self._bin / tool).symlink_to(found)
        for name, body in SCRIPTS.items():
            if dpkg or name in ("sudo", "id"):
                script = self._bin / name
                script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
                script.chmod(0o755)
        self.python = sys.executable
        self.environment: dict[str, str] = {}
        for name in ("installed", "known", "virtual", "after-update", "calls", "broken"):
            self.put(name)
        self.put("update-code", "0")
        self.put("uid", "0")

    def put(self, name: str, *lines: str) -> None:
        """Fill one of the files that the scripts answer from."""
        text = "".join(f"{line}\n" for line in lines)
        (self._folder / name).write_text(text, encoding="utf-8")

    def install(self, *names: str, architecture: str = "arm64") -> None:
        """Say that packages are installed already."""
        self.put("installed", *(f"{name} {architecture} installed" for name in names))

    @property
    def calls(self) -> list[str]:
        """What apt-get and sudo were called with, options left out."""
        lines = (self._folder / "calls").read_text(encoding="utf-8").splitlines()
        return [" ".join(w for w in line.split() if w[0] != "-" and "=" not in w) for line in lines]

    def run(self, *lists: str, answer: str | None = None) -> tuple[int, str]:
        """Run the script; with ``answer`` on a terminal where a user types that. (code, output)"""
        read_end, write_end = pty.openpty() if answer is not None else (-1, -1)
        try:
            if answer is not None:
                os.write(read_end, answer.encode())
            done = subprocess.run(
                [ROOT / "packaging" / "system-packages", *lists],
                env={
                    "PATH": str(self._bin),
                    "DEBIAN": str(self._folder),
                    "PYTHON": self.python,
                    **self.environment,
                },
                stdin=write_end if answer is not None else subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        finally:
            for end in (read_end, write_end):
                if end >= 0:
                    os.close(end)
        return done.returncode, done.stdout + done.stderr
