"""``models download``: the work on a thread of its own, what it tells and the signals on this one.

A thread that waits for a name server or a silent connection can't be interrupted; it is left behind
instead, so that a cancel is obeyed at once. What it fetched is on the disk at any moment.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.cli.models_telling import JsonTeller, PlainTeller, Teller
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.errors import IshowttsError, ModelError
from ishowtts_desktop.core.published import CATALOGUE, hub_folder
from ishowtts_desktop.models.acceptance import LICENCES_FILE, Acceptances
from ishowtts_desktop.models.cache import Cache
from ishowtts_desktop.models.cancelled import Cancelled
from ishowtts_desktop.models.events import Event, Report
from ishowtts_desktop.system.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path
    from types import FrameType

    from ishowtts_desktop.core.published import PublishedModel

    Work = Callable[[Report, CancelToken], Path]

_log = logging.getLogger(__name__)

INTERRUPTED: Final = 130
TICK_SECONDS: Final = 0.25
# What the worker may take to end after a cancel, before it is left behind.
GRACE_SECONDS: Final = 0.4
# For this process alone. hf-xet has no position to resume from; the bars would be in our output.
_LIBRARY: Final = (
    "HF_HUB_DISABLE_XET",
    "HF_HUB_DISABLE_TELEMETRY",
    "HF_HUB_DISABLE_PROGRESS_BARS",
)


def download(model: PublishedModel, *, accept: bool, as_json: bool) -> int:
    """Download ``model`` and tell how it goes on; returns the exit code. Raises `ModelError`."""
    teller: Teller = JsonTeller(SystemClock()) if as_json else PlainTeller(SystemClock())
    cache = Cache(hub_folder(os.environ))
    try:
        make_sure_of_licence(
            model, Acceptances(Paths.of_user().data / LICENCES_FILE), accept=accept, ask=not as_json
        )
        ready = cache.state(model, CATALOGUE).folder
        if ready is None:
            for name in _LIBRARY:
                os.environ[name] = "1"
            ready = follow(lambda report, cancel: _work(model, cache, report, cancel), teller)
    except Cancelled:
        teller.cancelled()
        return INTERRUPTED
    except IshowttsError as error:
        teller.failed(error)
        raise
    except Exception as error:  # what a library of libraries may raise can't be listed
        _log.exception("the download failed")
        unforeseen = ModelError(
            f"The download failed: {type(error).__name__}: {error}.", "Try again; it goes on there."
        )
        teller.failed(unforeseen)
        raise unforeseen from error
    teller.done(ready)
    return 0


def _work(model: PublishedModel, cache: Cache, report: Report, cancel: CancelToken) -> Path:
    from ishowtts_desktop.models.download import Downloader
    from ishowtts_desktop.models.hub import Hub

    return Downloader(Hub(os.environ), cache, os.environ).download(model, report, cancel)


def make_sure_of_licence(
    model: PublishedModel, acceptances: Acceptances, *, accept: bool, ask: bool
) -> None:
    """Return when somebody has agreed to the licence, now or earlier; else raise `ModelError`."""
    if acceptances.accepted(model):
        return
    licence = model.licence
    if not accept:
        if not (ask and sys.stdin.isatty() and sys.stdout.isatty()):
            raise ModelError(
                f"The licence of {model.name}, {licence.id}, must be accepted first.",
                "Read it with `models list`; if you agree, add --accept-licence.",
            )
        print(f"{model.name} has the licence {licence.id}.\n{licence.text}")
        try:
            answer = input("Do you agree? [yes/no] ")
        except EOFError:
            answer = ""
        if answer.strip().lower() not in ("y", "yes"):
            raise ModelError("Nothing was downloaded: the licence was not accepted.")
    acceptances.accept(model)


def follow(work: Work, teller: Teller) -> Path:
    """Run ``work`` and tell what it tells until it ends or a signal cancels it.

    Returns and raises what ``work`` does.
    """
    cancel = CancelToken()
    news: queue.SimpleQueue[Event | Path | BaseException] = queue.SimpleQueue()

    def run() -> None:
        try:
            news.put(work(news.put, cancel))
        except BaseException as error:  # noqa: BLE001 - a thread's edge; raised on the other side
            news.put(error)

    with _obeying(cancel):
        threading.Thread(target=run, name="download", daemon=True).start()
        try:
            return _until_the_end(news, teller, cancel)
        finally:
            cancel.cancel()


def _until_the_end(
    news: queue.SimpleQueue[Event | Path | BaseException], teller: Teller, cancel: CancelToken
) -> Path:
    while True:
        asked = cancel.cancelled
        try:
            item = news.get(timeout=GRACE_SECONDS if asked else TICK_SECONDS)
        except queue.Empty:
            if asked:
                raise Cancelled("The download was cancelled.") from None
            teller.tick()
            continue
        if isinstance(item, BaseException):
            raise item
        if not isinstance(item, Event):
            return item
        teller.tell(item)


@contextmanager
def _obeying(cancel: CancelToken) -> Generator[None]:
    """Turn SIGTERM and SIGINT into a cancel meanwhile."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may
        return

    def obey(_number: int, _frame: FrameType | None) -> None:
        cancel.cancel()

    before = {number: signal.signal(number, obey) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
