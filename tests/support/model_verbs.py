"""A stand-in for ``ishowtts-desktop models ...``: says what a scene tells it to, good or bad.

``python model_verbs.py FOLDER models VERB [ID] ...`` plays ``FOLDER/scene.json``: for "list" a
list of models, for the other verbs steps by "VERB ID". What it was asked is in ``FOLDER/asked``.
It imports next to nothing, so that a test can start many.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

PATIENCE = 60.0


class Player:
    """Plays the steps of a scene: each is the name of a method here, and what it takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.scene = json.loads((folder / "scene.json").read_text())

    def play(self, steps: list) -> None:
        for name, *values in steps:
            getattr(self, name)(*values)

    def say(self, told: object) -> None:
        print(json.dumps(told), flush=True)

    def raw(self, told: str) -> None:
        sys.stdout.buffer.write(bytes.fromhex(told))
        sys.stdout.buffer.flush()

    def complain(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    def wait(self, name: str) -> None:
        """Wait until the test makes this file."""
        deadline = time.monotonic() + PATIENCE
        while not (self._folder / name).exists() and time.monotonic() < deadline:
            time.sleep(0.01)

    def deaf(self) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    def become(self, model: str, changes: dict) -> None:
        """Change what the next listing says of a model."""
        for entry in self.scene["list"]["models"]:
            if entry["id"] == model:
                entry.update(changes)
        Path(self._folder, "scene.json").write_text(json.dumps(self.scene))

    def end(self, code: int) -> None:
        sys.exit(code)

    def die(self, number: int) -> None:
        os.kill(os.getpid(), number)


def leave(*_: object) -> None:
    os.write(1, b'{"event": "cancelled"}\n')
    os._exit(130)


def main() -> None:
    signal.signal(signal.SIGTERM, leave)
    folder = Path(sys.argv[1])
    verb, *rest = sys.argv[3:]
    with (folder / "asked").open("a") as asked:
        asked.write(" ".join(sys.argv[2:]) + "\n")
    player = Player(folder)
    if verb == "list":
        player.play(player.scene.get("before list", []))
        print(json.dumps(player.scene["list"]))
    else:
        player.play(player.scene[f"{verb} {rest[0]}"])


main()
