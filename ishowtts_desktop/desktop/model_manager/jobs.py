"""Downloads, checks and removes models beside everything else; lives as long as the application.

The work is done by the verbs of ``models`` in processes of their own, so closing the window stops
nothing, cancelling is a signal, and what goes wrong there stays there.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ishowtts_desktop.desktop.model_manager.download import Download
from ishowtts_desktop.desktop.model_manager.events import read_verdict
from ishowtts_desktop.desktop.model_manager.model_list import ModelList
from ishowtts_desktop.desktop.model_manager.process import ModelProcess
from ishowtts_desktop.desktop.model_manager.state import Job, Stage, Trouble, Wish
from ishowtts_desktop.desktop.model_manager.words import (
    damage_trouble,
    ending_trouble,
    progress_sentence,
    whole_news,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ishowtts_desktop.desktop.model_manager.process import Ending

UPDATE_MS: Final = 50
CLOSE_SECONDS: Final = 0.8


class ModelJobs(QObject):
    """Runs ``command models ...``; ``command`` is the program with its first arguments.

    ``changed`` tells the id of a model with which something happened. ``progress_changed`` is a
    sentence for the tray, empty when nothing is downloaded. ``downloaded`` tells a model's id and
    folder, ``failed`` its name and the `Trouble`.
    """

    changed = Signal(str)
    progress_changed = Signal(str)
    downloaded = Signal(str, str)
    failed = Signal(str, object)

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self.list = ModelList(command, self)
        self._jobs: dict[str, Job] = {}
        self._troubles: dict[str, Trouble] = {}
        self._processes: dict[str, ModelProcess] = {}
        self._queue: list[str] = []
        self._download: Download | None = None
        self._sentence = ""
        self._closed = False
        self._changed: set[str] = set()
        self._update = QTimer(self)
        self._update.setSingleShot(True)
        self._update.setInterval(UPDATE_MS)
        self._update.timeout.connect(self._tell)

    def job(self, model: str) -> Job | None:
        """Return what is being done with a model."""
        download = self._download
        if download is not None and download.model == model:
            return download.job
        return self._jobs.get(model)

    def trouble(self, model: str) -> Trouble | None:
        """Return what became of the last thing done with a model, where it is worth saying."""
        return self._troubles.get(model)

    @Slot(str)
    def download(self, model: str) -> None:
        """Fetch a model whose licence was accepted, or what is missing of it."""
        if self._begin(model, Job(Stage.QUEUED)):
            self._queue.append(model)
            self._start_next()

    @Slot(str)
    def verify(self, model: str) -> None:
        """Compare a model's files with their checksums."""
        if self._begin(model, Job(Stage.VERIFYING)):
            self._run("verify", model, self._take_verdict)

    @Slot(str)
    def remove(self, model: str) -> None:
        """Delete a model's files."""
        if self._begin(model, Job(Stage.REMOVING)):
            self._run("remove", model, self._take_removal)

    @Slot(str)
    def cancel(self, model: str) -> None:
        """Stop what is done with a model; what was fetched stays."""
        job = self.job(model)
        if job is None or not job.stage.can_be_cancelled:
            return
        if model in self._queue:
            self._queue.remove(model)
            self._end(model)
        elif self._download is not None and self._download.model == model:
            self._download.cancel()
        else:
            self._jobs[model] = replace(job, stage=Stage.CANCELLING)
            self._processes[model].stop()
            self._mark(model)

    @Slot(str)
    def dismiss(self, model: str) -> None:
        """Say no more of what became of the last thing."""
        if self._troubles.pop(model, None) is not None:
            self._mark(model)

    def tell(self, model: str, news: Trouble) -> None:
        """Say something of a model until the next thing is done with it."""
        self._troubles[model] = news
        self._mark(model)

    @Slot()
    def close(self) -> None:
        """Stop everything within a second; a download goes on from there another time."""
        self._closed = True
        self._queue.clear()
        self._update.stop()
        processes = list(self._processes.values())
        for process in processes:
            process.stop()
        listing = self.list.close()
        if listing is not None:
            processes.append(listing)
        deadline = time.monotonic() + CLOSE_SECONDS
        for process in processes:
            process.wait(round(1000 * (deadline - time.monotonic())))

    def _begin(self, model: str, job: Job) -> bool:
        if self._closed or self.list.get(model) is None or self.job(model) is not None:
            return False
        self._troubles.pop(model, None)
        self._jobs[model] = job
        self._mark(model)
        return True

    def _start_next(self) -> None:
        if self._download is not None or not self._queue or self._closed:
            return
        model = self._queue.pop(0)
        download = self._download = Download(self._command, model, self)
        self._processes[model] = download.process
        download.changed.connect(partial(self._mark, model))
        download.ended.connect(partial(self._take_download, model))
        self._mark(model)
        download.start()

    def _run(self, verb: str, model: str, take: Callable[[str, Ending], None]) -> None:
        process = ModelProcess(self._command, ("models", verb, model, "--json"), self)
        self._processes[model] = process
        process.ended.connect(partial(take, model))
        process.start()

    def _take_download(self, model: str, result: str | Trouble | None) -> None:
        download, self._download = self._download, None
        if download is None or self._closed:
            return
        download.deleteLater()
        entry, job = self.list.get(model), download.job
        if isinstance(result, str):
            if entry is not None:
                whole = {"state": "complete", "folder": result, "bytes_here": entry.bytes}
                self.list.put(entry.model_copy(update=whole))
            self._end(model)
            self.downloaded.emit(model, result)
        else:
            if entry is not None and job.bytes and entry.state == "absent":
                begun = {"state": "partial", "bytes_here": job.bytes}
                self.list.put(entry.model_copy(update=begun))
            self._end(model, result)
        self._start_next()

    def _take_verdict(self, model: str, ending: Ending) -> None:
        cancelled = self._jobs[model].stage is Stage.CANCELLING
        verdict = read_verdict(ending.output)
        if cancelled:
            self._end(model)
        elif verdict is None or ending.code not in (0, 1):
            self._end(model, ending_trouble(ending, Wish.VERIFY))
        elif verdict.ok:
            self._end(model, whole_news())
        else:
            self._end(model, damage_trouble(verdict.broken))

    def _take_removal(self, model: str, ending: Ending) -> None:
        entry = self.list.get(model)
        if ending.code != 0:
            self._end(model, ending_trouble(ending, Wish.REMOVE))
            return
        if entry is not None:
            gone = {"state": "absent", "folder": "", "bytes_here": 0}
            self.list.put(entry.model_copy(update=gone))
        self._end(model)

    def _end(self, model: str, trouble: Trouble | None = None) -> None:
        self._jobs.pop(model, None)
        process = self._processes.pop(model, None)
        if process is not None:
            process.deleteLater()
        if self._closed:
            return
        if trouble is not None:
            self._troubles[model] = trouble
            if not trouble.calm:
                self.failed.emit(self._name(model), trouble)
        self._mark(model)
        self.list.refresh()

    def _name(self, model: str) -> str:
        entry = self.list.get(model)
        return model if entry is None else entry.name

    def _mark(self, model: str) -> None:
        """Tell of a change: at once, and then twenty times a second at most."""
        self._changed.add(model)
        if not self._update.isActive():
            self._tell()

    @Slot()
    def _tell(self) -> None:
        changed, self._changed = self._changed, set()
        if not changed or self._closed:
            return
        self._update.start()
        for model in changed:
            self.changed.emit(model)
        download = self._download
        sentence = ""
        if download is not None:
            sentence = progress_sentence(self._name(download.model), download.job)
        if sentence != self._sentence:
            self._sentence = sentence
            self.progress_changed.emit(sentence)
