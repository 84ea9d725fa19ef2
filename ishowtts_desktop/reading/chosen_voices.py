"""Which voice each viewer chose, kept from run to run in one small JSON file.

`ChosenVoices.choose` only remembers; `ChosenVoices.save` writes, and may take as long as a disk
takes: `ChosenVoices.save_soon` has a thread do it.
"""

from __future__ import annotations

import json
import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.core.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_log = logging.getLogger(__name__)

MOST_VIEWERS = 2000
_LARGEST = 4 << 20
_LONGEST = 500


class ChosenVoices:
    """The choices of the last ``limit`` viewers who chose or spoke. Any thread may ask.

    Reads the file at ``path`` at once. Nothing raises: see `problem`. Whoever called `save_soon`
    calls `close` at the end.
    """

    def __init__(self, path: Path, limit: int = MOST_VIEWERS) -> None:
        self._path = path
        self._limit = limit
        self._lock = threading.Lock()
        self._voices: OrderedDict[str, str] = OrderedDict()
        self._changed = False
        self._saving: threading.Thread | None = None
        self.problem: VoiceError | None = None
        """What is wrong with the file, if anything."""
        self._listeners: list[Callable[[VoiceError | None], None]] = []
        self._load()

    def watch_problem(self, listener: Callable[[VoiceError | None], None]) -> None:
        """Call ``listener`` with `problem` whenever it changes, and at once if there is one.

        Changes are told on the thread that saves.
        """
        self._listeners.append(listener)
        if self.problem is not None:
            listener(self.problem)

    def __len__(self) -> int:
        return len(self._voices)

    def voice_of(self, author: str) -> str:
        """Return the id of the voice that ``author`` chose, "" for none."""
        with self._lock:
            voice = self._voices.get(author, "")
            if voice:
                self._voices.move_to_end(author)
            return voice

    def choose(self, author: str, voice: str) -> None:
        """Remember a choice."""
        if not (0 < len(author) <= _LONGEST and 0 < len(voice) <= _LONGEST):
            return
        with self._lock:
            self._changed |= self._voices.get(author) != voice
            self._voices[author] = voice
            self._voices.move_to_end(author)
            while len(self._voices) > self._limit:
                self._voices.popitem(last=False)

    def forget(self, author: str) -> None:
        """Take a choice back."""
        with self._lock:
            self._changed |= self._voices.pop(author, None) is not None

    def save(self) -> None:
        """Write what changed since the last time, if anything; a failure is `problem`."""
        with self._lock:
            if not self._changed:
                return
            data = json.dumps(self._voices, indent=1).encode("ascii")
            self._changed = False
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_file(self._path, data)
        except OSError as error:
            with self._lock:
                self._changed = True
            problem = VoiceError(
                f"The voices that viewers chose can't be kept: {error.strerror or error}.",
                "Free some space or make the folder writable; until then they last for this run.",
            )
            self._take_problem(problem)
        else:
            self._take_problem(None)

    def save_soon(self) -> None:
        """Begin to `save` if that isn't under way, and don't wait for it."""
        with self._lock:
            if self._changed and (self._saving is None or not self._saving.is_alive()):
                self._saving = threading.Thread(target=self.save, name="chosen voices", daemon=True)
                self._saving.start()

    def close(self) -> None:
        """Write what isn't written yet, as long as that takes."""
        if self._saving is not None:
            self._saving.join()
        self.save()

    def _take_problem(self, problem: VoiceError | None) -> None:
        # It is tried every few seconds: the same trouble is told once.
        told, self.problem = str(self.problem or ""), problem
        if told == str(problem or ""):
            return
        try:
            for listener in self._listeners:
                listener(problem)
        except Exception:  # noqa: BLE001 - a watcher's fault must not cost what is kept
            _log.exception("a watcher of the chosen voices failed")

    def _load(self) -> None:
        try:
            with self._path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except FileNotFoundError:
            return
        except OSError as error:
            self.problem = VoiceError(
                f"The voices that viewers chose can't be read: {error.strerror or error}.",
                f"Check the permissions of {self._path}.",
            )
            return
        try:
            self._voices = self._understood(data)
        except (ValueError, RecursionError):
            self._set_aside()

    def _understood(self, data: bytes) -> OrderedDict[str, str]:
        if len(data) > _LARGEST:
            raise ValueError("too large")
        told = json.loads(data.decode("utf-8-sig"))
        if not isinstance(told, dict):
            raise ValueError("not an object")  # noqa: TRY004 - one error for all that is wrong
        good = [
            (author, voice)
            for author, voice in told.items()
            if isinstance(voice, str) and 0 < len(author) <= _LONGEST and 0 < len(voice) <= _LONGEST
        ]
        return OrderedDict(good[-self._limit :])

    def _set_aside(self) -> None:
        aside = self._path.with_name(self._path.name + ".broken")
        try:
            self._path.replace(aside)
            advice = f"It is kept as {aside}. Viewers can choose anew."
        except OSError as error:
            advice = f"It can't be moved ({error.strerror or error}); viewers can choose anew."
        message = f"The file of the voices that viewers chose, {self._path}, can't be understood."
        self.problem = VoiceError(message, advice)
