"""Progress, time left and endings of downloads in words."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from ishowtts_desktop.core.published import CATALOGUE
from ishowtts_desktop.core.sizes import readable
from ishowtts_desktop.desktop.model_manager.state import Stage, Trouble, Wish
from ishowtts_desktop.desktop.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.desktop.model_manager.process import Ending
    from ishowtts_desktop.desktop.model_manager.state import Job

_CONTEXT: Final = "Sentences"
_LICENCES: Final = MappingProxyType(
    {
        "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
        "MIT": "https://opensource.org/license/mit",
    }
)
_LONGEST_HOURS: Final = 48


def time_words(seconds: float) -> str:
    """Return how long it takes yet, no finer than anyone can know."""
    if seconds < 60:
        near = max(5, math.ceil(seconds / 5) * 5)
        return QCoreApplication.translate(_CONTEXT, "{seconds} s left").format(seconds=near)
    minutes = math.ceil(seconds / 60)
    if minutes < 100:
        text = QCoreApplication.translate(_CONTEXT, "{minutes} min left")
        return text.format(minutes=minutes)
    hours = math.ceil(minutes / 60)
    if hours > _LONGEST_HOURS:
        return QCoreApplication.translate(_CONTEXT, "days left")
    return QCoreApplication.translate(_CONTEXT, "{hours} h left").format(hours=hours)


def job_words(job: Job) -> str:
    """Return what is being done, and how far it is."""
    stage = job.stage
    if stage is Stage.FETCHING:
        return _fetching_words(job)
    if job.silent:
        return QCoreApplication.translate(_CONTEXT, "Waiting for an answer...")
    if stage is Stage.QUEUED:
        return QCoreApplication.translate(_CONTEXT, "Waits for the other download")
    if stage is Stage.CHECKING:
        return QCoreApplication.translate(_CONTEXT, "Asking what is to be fetched...")
    if stage is Stage.CANCELLING:
        return QCoreApplication.translate(_CONTEXT, "Stopping...")
    if stage is Stage.REMOVING:
        return QCoreApplication.translate(_CONTEXT, "Removing...")
    return QCoreApplication.translate(_CONTEXT, "Checking that every file is whole...")


def stage_word(stage: Stage) -> str:
    """Return what stands beside the name of a model at which something works."""
    if stage is Stage.QUEUED:
        return QCoreApplication.translate(_CONTEXT, "Waiting")
    if stage is Stage.REMOVING:
        return QCoreApplication.translate(_CONTEXT, "Being removed")
    if stage is Stage.CANCELLING:
        return QCoreApplication.translate(_CONTEXT, "Being stopped")
    if stage in (Stage.PROVING, Stage.VERIFYING):
        return QCoreApplication.translate(_CONTEXT, "Being checked")
    return QCoreApplication.translate(_CONTEXT, "Being downloaded")


def _fetching_words(job: Job) -> str:
    if job.total:
        text = QCoreApplication.translate(_CONTEXT, "{done} of {total}")
        parts = [text.format(done=readable(job.bytes), total=readable(job.total))]
    else:
        parts = [readable(job.bytes)]
    if job.silent:
        parts.append(QCoreApplication.translate(_CONTEXT, "waiting for the network"))
    if job.bytes_per_second:
        parts.append(f"{readable(round(job.bytes_per_second))}/s")
    if job.seconds_left is not None:
        parts.append(time_words(job.seconds_left))
    return " · ".join(parts)


def progress_sentence(name: str, job: Job | None) -> str:
    """Return a line for the tray; empty without a download."""
    if job is None:
        return ""
    share = job.share
    if share is None or job.stage is not Stage.FETCHING:
        text = QCoreApplication.translate(_CONTEXT, "Downloading {name}")
        return text.format(name=name)
    text = QCoreApplication.translate(_CONTEXT, "Downloading {name}: {percent} %")
    return text.format(name=name, percent=math.floor(100 * share))


def ending_trouble(ending: Ending, again: Wish) -> Trouble:
    """Tell of a process that ended without a word of its own; ``again`` is what it was to do."""
    retry = QCoreApplication.translate(_CONTEXT, "Try again.")
    if again is Wish.DOWNLOAD:
        retry = QCoreApplication.translate(_CONTEXT, "Try again. What was fetched is kept.")
    if not ending.started:
        text = QCoreApplication.translate(_CONTEXT, "The program for it didn't start: {why}.")
        advice = QCoreApplication.translate(_CONTEXT, "Install the application again.")
        return Trouble(text.format(why=ending.said.rstrip(".")), advice, again)
    if ending.code is None:
        text = QCoreApplication.translate(_CONTEXT, "The program for it was ended from outside.")
        return Trouble(text, retry, again)
    said = ending.said.partition("ishowtts-desktop: ")[2]
    if said:
        return Trouble(said, again=again)
    if ending.said:
        text = QCoreApplication.translate(_CONTEXT, "The program for it failed: {why}")
        return Trouble(text.format(why=ending.said), retry, again)
    text = QCoreApplication.translate(_CONTEXT, "The program for it ended without a word.")
    return Trouble(text, retry, again)


def damage_trouble(files: Sequence[str]) -> Trouble:
    """Tell of files that aren't what they were published as."""
    text = QCoreApplication.translate(_CONTEXT, "Not whole: {files}.")
    advice = QCoreApplication.translate(_CONTEXT, "Remove it, then download it again.")
    vocoder = next((model for model in CATALOGUE if not model.companions), None)
    if vocoder is not None and {file.path for file in vocoder.files} & set(files):
        # Removing a model spares the vocoder, which others need.
        advice = QCoreApplication.translate(
            _CONTEXT, "Remove {name}, then download this model again."
        ).format(name=vocoder.name)
    names = plain(", ".join(files)) or "?"
    return Trouble(text.format(files=names), advice)


def late_list() -> Trouble:
    """Tell of a list of models that didn't come."""
    text = QCoreApplication.translate(_CONTEXT, "Which models are here took too long to see.")
    advice = QCoreApplication.translate(_CONTEXT, "See whether the disk is busy, then try again.")
    return Trouble(text, advice, Wish.LIST)


def unreadable_list() -> Trouble:
    """Tell of a list of models that isn't one."""
    text = QCoreApplication.translate(_CONTEXT, "The list of models can't be understood.")
    advice = QCoreApplication.translate(_CONTEXT, "Install the application again.")
    return Trouble(text, advice, Wish.LIST)


def whole_news() -> Trouble:
    """Tell that every file is what was published."""
    return Trouble(QCoreApplication.translate(_CONTEXT, "Every file is whole."), calm=True)


def licence_link(licence: str) -> str:
    """Return where a licence can be read as a whole; empty for an unknown one."""
    return _LICENCES.get(licence, "")


def licence_words(licence: str) -> str:
    """Return a licence's name, and in a few words what it allows where that is known."""
    if licence == "CC-BY-NC-4.0":
        text = QCoreApplication.translate(_CONTEXT, "{licence}: free, but not to make money with")
    elif licence == "MIT":
        text = QCoreApplication.translate(_CONTEXT, "{licence}: free for every use")
    else:
        text = "{licence}"
    return text.format(licence=plain(licence, 60))
