"""A power cut at every step of each change of the voice library, in a process of its own.

    python -m tests.support.power_cut FOLDER    prints what was found as JSON
    python -m tests.support.power_cut FOLDER loop    lets itself be killed: see `serve`

A step is what changes the disk, as the interpreter's audit events tell it, and syncing. A cut
there ends everything: nothing later reaches the disk, and a file that wasn't synced is torn.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import random
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.bundle import export_voice, import_voice
from ishowtts_desktop.voices.library import VoiceLibrary
from tests.support.clock import FakeClock
from tests.support.voices import contents, take

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[VoiceLibrary], object]

_CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_HIDDEN = {".lock", ".trash"}


class PowerCutError(BaseException):
    """No code that catches errors catches this one."""


class Disk:
    """Counts the steps below ``root`` and ends or refuses one. There can be only one in a process.

    ``unsynced`` are files and folders that a cut may tear or forget.
    """

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.steps = 0
        self.unsynced: set[Path] = set()
        self._at = 0
        self._ends = True
        self._on = False
        os.fsync = self._synced
        sys.addaudithook(self._hear)

    def start(self, at: int, *, ends: bool = True) -> None:
        """Count from 1; step ``at`` is the cut, or is refused for want of room."""
        self.steps, self.unsynced, self._at, self._ends, self._on = 0, set(), at, ends, True

    def stop(self, *, tear: bool = False) -> None:
        self._on = False
        for path in self.unsynced if tear else ():
            if path.is_file() and not path.is_symlink():
                os.truncate(path, path.stat().st_size // 2)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._on:
            return
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if not writes and event not in _CHANGES:
            return
        self._step()
        path = Path(str(arguments[0]))
        if event == "os.rename":
            self._renamed(path, Path(str(arguments[1])))
        elif (writes and path.name != ".lock") or event == "os.mkdir":
            self.unsynced |= {path, path.parent}

    def _synced(self, handle: int) -> None:
        # Not really: it would take long, and this process isn't going to lose power.
        if self._on:
            self._step()
            self.unsynced.discard(Path(f"/proc/self/fd/{handle}").readlink())

    def _renamed(self, source: Path, target: Path) -> None:
        moved = {path for path in self.unsynced if path == source or source in path.parents}
        self.unsynced -= moved
        self.unsynced |= {target / path.relative_to(source) for path in moved}
        self.unsynced |= {source.parent, target.parent}

    def _step(self) -> None:
        self.steps += 1
        if self._ends and self.steps >= self._at > 0:
            raise PowerCutError
        if not self._ends and self.steps == self._at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def changes(folder: Path) -> dict[str, Change]:
    """Return what is tried, each for a library as `prepare` makes it."""
    first, recording = take(3, "first", "first")
    return {
        "add": lambda library: library.add(*take(5, "new")),
        "update": lambda library: library.update(first, recording),
        "update the text": lambda library: library.update(
            library.get("first").model_copy(update={"speed": 1.5, "name": "other"})
        ),
        "rename": lambda library: library.rename("first", "another"),
        "duplicate": lambda library: library.duplicate("first"),
        "remove": lambda library: library.remove("first"),
        "restore": lambda library: library.restore(library.removed()[0].token),
        "import": lambda library: import_voice(library, folder / "given.ishowvoice"),
        "empty the trash": empty_the_trash,
    }


def empty_the_trash(library: VoiceLibrary) -> None:
    """Open the library a month later; that reports what it can't do, it doesn't raise."""
    later = VoiceLibrary(library.folder, FakeClock(wall=time.time() + 31 * 86_400))
    for problem in later.open():
        raise VoiceError(problem.message, problem.advice)


def prepare(folder: Path) -> None:
    """Make a library of two voices, one of them with a note beside it, and one removed."""
    library = VoiceLibrary(folder / "template")
    for number, name in enumerate(("first", "second", "gone")):
        library.add(*take(number, name))
    library.remove("gone")
    (folder / "template" / "first" / "note.txt").write_text("mine", encoding="utf-8")
    export_voice(library, "second", folder / "given.ishowvoice")


def state(root: Path) -> object:
    """Return all that a library holds, as JSON has it, or what is wrong with it."""
    library = VoiceLibrary(root)
    note = root / "first" / "note.txt"
    kept = note.read_text(encoding="utf-8") if note.exists() else ""
    try:
        return [contents(library), [entry.name for entry in library.removed()], kept]
    except (AssertionError, VoiceError) as error:
        return repr(error)


def opened(root: Path) -> object:
    """Return what a library holds once it was opened, and what is left lying about."""
    problems = VoiceLibrary(root).open()
    paths = [*root.iterdir(), *(root / ".trash").iterdir(), *root.rglob("*.tmp")]
    left = {path.name for path in paths if path.name.startswith(".")} - _HIDDEN
    return [state(root), list(map(str, problems)), sorted(left)]


class Trial:
    """One change, tried again and again in ``folder``."""

    def __init__(self, folder: Path, disk: Disk, change: Change) -> None:
        self._template, self._root = folder / "template", folder / "voices"
        self._disk, self._change = disk, change

    def run(self) -> dict[str, object]:
        self._fresh()
        before = opened(self._root)
        self._fresh()
        self._disk.start(0)
        self._change(VoiceLibrary(self._root))
        self._disk.stop()
        inside = (path for path in self._disk.unsynced if self._root in (path, *path.parents))
        left = sorted(map(str, inside))
        steps, after = self._disk.steps, opened(self._root)
        whole = [before, after]
        cuts = [self._cut(step) for step in range(1, steps + 1)]
        refusals = [self._refused(step) for step in range(1, steps + 1)]
        wrong: list[object] = [["cut", i, f] for i, f in enumerate(cuts, 1) if f not in whole]
        for step, (raised, found) in enumerate(refusals, 1):
            if found != (before if raised else after):
                wrong.append(["refused", step, raised, found])
        return {"steps": steps, "unsynced": left, "wrong": wrong, "done": cuts.count(after)}

    def twice(self) -> dict[str, object]:
        """Cut the change, then its recovery; each at every step."""
        self._fresh()
        before = opened(self._root)
        self._change(VoiceLibrary(self._root))
        whole, wrong, tried = [before, opened(self._root)], [], 0
        for first in itertools.count(1):
            self._fresh()
            if not self._interrupted(self._change, first):
                break
            shutil.copytree(self._root, self._root.with_name("cut"))
            for second in itertools.count(1):
                more = self._interrupted(VoiceLibrary.open, second)
                found = opened(self._root)
                tried += 1
                if found not in whole:
                    wrong.append([first, second, found])
                shutil.rmtree(self._root)
                shutil.copytree(self._root.with_name("cut"), self._root)
                if not more:
                    break
            shutil.rmtree(self._root.with_name("cut"))
        return {"tried": tried, "wrong": wrong}

    def _fresh(self) -> None:
        shutil.rmtree(self._root, ignore_errors=True)
        shutil.copytree(self._template, self._root)

    def _cut(self, step: int) -> object:
        self._fresh()
        self._interrupted(self._change, step)
        return opened(self._root)

    def _interrupted(self, change: Change, step: int) -> bool:
        self._disk.start(step)
        try:
            change(VoiceLibrary(self._root))
        except PowerCutError:
            self._disk.stop(tear=True)
            return True
        self._disk.stop()
        return False

    def _refused(self, step: int) -> tuple[bool, object]:
        self._fresh()
        self._disk.start(step, ends=False)
        try:
            self._change(VoiceLibrary(self._root))
        except VoiceError:
            raised = True
        else:
            raised = False
        self._disk.stop()
        # What a program sees that goes on, without another `open`.
        seen = state(self._root)
        whole = opened(self._root)
        return raised, whole if isinstance(whole, list) and whole[0] == seen else [whole, seen]


def serve(folder: Path) -> None:
    """Fork a worker for each line of the input, which is its seed; tell when it has ended."""
    for line in sys.stdin:
        worker = os.fork()
        if not worker:
            try:
                work(folder, random.Random(int(line)))
            finally:
                os._exit(1)
        os.waitpid(worker, 0)
        print("ended", flush=True)


def work(folder: Path, chance: random.Random) -> None:
    """Change the library until killed."""
    library = VoiceLibrary(folder / "voices")
    given = folder / "given.ishowvoice"
    print(os.getpid(), flush=True)
    while True:
        voices = library.voices()
        number = chance.randrange(1000)
        some = chance.choice(voices).id if voices else ""
        kind = chance.choice(("add", "update", "remove", "restore", "copy", "give", "take"))
        if kind == "add" or len(voices) < 2:
            library.add(*take(number, f"voice {number % 5}"))
        elif kind == "remove" or len(voices) > 8:
            library.remove(some)
        elif kind == "restore" and library.removed():
            library.restore(chance.choice(library.removed()).token)
        elif kind == "copy":
            library.duplicate(some)
        elif kind == "give":
            export_voice(library, some, given)
        elif kind == "take" and given.exists():
            import_voice(library, given)
        else:
            library.update(*take(number, voice_id=some))


def main() -> None:
    folder = Path(sys.argv[1])
    if sys.argv[2:] == ["loop"]:
        serve(folder)
        return
    prepare(folder)
    disk = Disk(folder)
    results: dict[str, object] = {
        name: Trial(folder, disk, change).run() for name, change in changes(folder).items()
    }
    results["twice"] = Trial(folder, disk, changes(folder)["update"]).twice()
    print(json.dumps(results))


if __name__ == "__main__":
    main()
