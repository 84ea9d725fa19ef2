"""Whisper's model: found in the Hugging Face cache, else downloaded, and started.

faster-whisper is imported when it is needed and not before: it brings a hundred megabytes along.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, Protocol

from ishowtts_desktop.core.errors import VoiceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType

    import numpy as np
    from numpy.typing import NDArray

    from ishowtts_desktop.core.cancel import CancelToken

ModelName = Literal["base", "small"]


@dataclass(frozen=True)
class ModelSource:
    """Where a model is published, and roughly how many bytes it has."""

    repository: str
    size: int


MODELS: Final[Mapping[ModelName, ModelSource]] = MappingProxyType(
    {
        "base": ModelSource("Systran/faster-whisper-base", 148_000_000),
        "small": ModelSource("Systran/faster-whisper-small", 486_000_000),
    }
)
"""The multilingual ones that a processor runs in seconds; MIT, as Whisper is."""
_NEEDED: Final = ("config.json", "model.bin", "tokenizer.json")
_PATTERNS: Final = (*_NEEDED, "preprocessor_config.json", "vocabulary.*")
# The hub says at length that it has nothing in its cache; why not is told by the cause.
_FETCH: Final = """
import sys
try:
    import huggingface_hub
    huggingface_hub.snapshot_download(sys.argv[1], allow_patterns=sys.argv[2:], token=False)
except Exception as error:
    sys.stdout.buffer.write(str(error.__cause__ or error or type(error).__name__).encode())
    sys.exit(1)
"""
_LOOK_SECONDS: Final = 0.1
_TYPE_IT: Final = "Or type the text."


class Segment(Protocol):
    """A few seconds of what was understood."""

    @property
    def text(self) -> str:
        """What was said, with a space before it where the language has them."""
        ...


class Info(Protocol):
    """What was found out before the first segment."""

    @property
    def language(self) -> str:
        """Whisper's code of the language."""
        ...


class WhisperModel(Protocol):
    """What is used of faster-whisper's class of that name."""

    @property
    def supported_languages(self) -> Sequence[str]:
        """Whisper's codes."""
        ...

    def transcribe(
        self,
        audio: NDArray[np.float32],
        *,
        language: str | None,
        initial_prompt: str | None,
        vad_filter: bool,
        condition_on_previous_text: bool,
    ) -> tuple[Iterable[Segment], Info]:
        """Recognise samples of shape (n,) at 16 kHz; each segment is computed when asked for."""
        ...


def find_model(name: ModelName) -> Path | None:
    """Return the folder of a model in the Hugging Face cache, None unless it is all there.

    Without network. Raises `VoiceError` where the recogniser isn't installed.
    """
    hub = _imported("huggingface_hub")
    found = hub.try_to_load_from_cache(MODELS[name].repository, "model.bin")
    if not isinstance(found, str):
        return None
    # Not resolved: a cached file is a link to a blob that has no name and no neighbours.
    folder = Path(found).parent
    whole = all((folder / file).is_file() for file in _NEEDED) and any(folder.glob("vocabulary.*"))
    return folder if whole else None


def load_model(name: ModelName, cancel: CancelToken | None = None) -> WhisperModel:
    """Start a model on the processor, downloaded first where it has to be.

    Raises `VoiceError` that says what to install, to connect or to remove.
    """
    whisper = _imported("faster_whisper")
    # Else the progress bar that it never shows leaves a thread behind.
    _imported("tqdm").tqdm.monitor_interval = 0
    folder = find_model(name) or download_model(name, cancel)
    try:
        model: WhisperModel = whisper.WhisperModel(str(folder), device="cpu", compute_type="int8")
    except MemoryError as error:
        raise VoiceError(
            "There is not enough memory to recognise speech.",
            f"Close another program and try again. {_TYPE_IT}",
        ) from error
    except Exception as error:
        # CTranslate2 and its tokenizer have no class for it: a broken file is a bare Exception.
        raise VoiceError(
            f"The recogniser's model in {folder} can't be used: {one_line(error)}.",
            # The files themselves are beside the snapshots of them.
            f"Remove {folder.parents[1]}, and it is downloaded again. {_TYPE_IT}",
        ) from error
    return model


def download_model(name: ModelName, cancel: CancelToken | None = None) -> Path:
    """Fetch a model into the Hugging Face cache, and return its folder; raises `VoiceError`.

    The hub's client looks up from its work every ten megabytes at best: it gets a process of its
    own, which ends at once when ``cancel`` goes up.
    """
    _imported("huggingface_hub")
    source = MODELS[name]
    command = [sys.executable, "-c", _FETCH, source.repository, *_PATTERNS]
    try:
        process = subprocess.Popen(  # noqa: S603 - all of it is ours
            command,
            env={**os.environ, "HF_HUB_DISABLE_TELEMETRY": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise _not_fetched(source, one_line(error)) from error
    with process:
        try:
            told = _waited_for(process, cancel)
        finally:
            process.kill()
    folder = find_model(name)
    if process.returncode or folder is None:
        raise _not_fetched(source, one_line(told) or "what is published there is not all of it")
    return folder


def _waited_for(process: subprocess.Popen[str], cancel: CancelToken | None) -> str:
    """Return what a process printed until its end."""
    while True:
        stop_if(cancel)
        try:
            return process.communicate(timeout=_LOOK_SECONDS)[0]
        except subprocess.TimeoutExpired:
            continue


def stop_if(cancel: CancelToken | None) -> None:
    """Raise `VoiceError` when somebody asked to stop."""
    if cancel is not None and cancel.cancelled:
        raise VoiceError("Recognising the speech was stopped.", "Start it again, or type the text.")


def one_line(reason: object) -> str:
    """Return the first line of an error, to be put into a sentence."""
    return str(reason).strip().partition("\n")[0].rstrip(".")


def _not_fetched(source: ModelSource, why: str) -> VoiceError:
    return VoiceError(
        f"The recogniser's model {source.repository} isn't on this machine and can't be downloaded:"
        f" {why}.",
        f"See to it that there is a network, and {round(source.size / 1e6)} MB of room on the disk,"
        f" and try again. {_TYPE_IT}",
    )


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise VoiceError(
            f"Speech recognition isn't installed ({error.name} is missing).",
            f'Install it: {sys.executable} -m pip install "ishowtts-desktop[transcribe]".'
            f" {_TYPE_IT}",
        ) from error
    except (ImportError, OSError) as error:
        raise VoiceError(
            f"Speech recognition is installed and doesn't start: {one_line(error)}.",
            f"Repair or replace the package that is named. {_TYPE_IT}",
        ) from error
