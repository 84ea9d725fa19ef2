"""Makes the engine that the configuration asks for, on whatever thread asks.

The only place that knows the engines' concrete classes. What needs torch is imported in here, when
such an engine is made.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.early import import_dictionaries, quiet_imports
from ishowtts_desktop.starters import STARTERS
from ishowtts_desktop.system.paths import Paths
from ishowtts_desktop.voice_book import VoiceBook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.core.config import SpeechConfig
    from ishowtts_desktop.speech.engine import SpeechEngine
    from ishowtts_desktop.voices.library import VoiceLibrary
_MB: Final = 1_000_000


def make_embedded() -> SpeechEngine:
    """Make the engine that always works, as loud as the cloned voices are."""
    from ishowtts_desktop.speech.espeak import EspeakEngine
    from ishowtts_desktop.speech.levelled import LevelledEngine

    return LevelledEngine(EspeakEngine())


def make_engine(
    speech: SpeechConfig,
    book: VoiceBook | None = None,
    wait_for_pause: Callable[[], None] | None = None,
) -> SpeechEngine:
    """Make the engine that ``speech`` names, to speak as it says in the voices of ``book``.

    Without a book there are the starter voices. ``wait_for_pause`` is given where others speak
    meanwhile, and is called before what would be heard as a gap. Raises `EngineError` when the
    engine's packages or its checkpoint are missing.
    """
    book = book or VoiceBook(None, make_embedded)
    if speech.engine == "f5":
        return _make_f5(speech, book, wait_for_pause)
    if speech.engine == "f5-reference":
        return _make_reference(speech, book)
    return make_embedded()


def maker(
    speech: SpeechConfig,
    book: VoiceBook | None = None,
    wait_for_pause: Callable[[], None] | None = None,
) -> Callable[[], SpeechEngine] | None:
    """Return what makes the engine that is preferred; None where that is the embedded one.

    It is to be called on the engine's own thread: it imports what the engine needs.
    """
    if speech.engine == "espeak":
        return None
    # A copy: what is chosen later is for the next engine.
    return partial(make_engine, speech.model_copy(), book, wait_for_pause)


def patience_for(speech: SpeechConfig) -> float:
    """Return for how many seconds of silence an engine may be at work on one piece.

    A plain processor takes 5 s a step for the longest piece by a full-size model.
    """
    return 60.0 + 10.0 * speech.steps


def open_book(paths: Paths) -> VoiceBook:
    """Return all voices of this user. A library that can't be opened is told by its problems."""
    return VoiceBook(open_library(paths), make_embedded)


def open_library(paths: Paths | None = None) -> VoiceLibrary:
    """Return this user's library of voices; what is broken in it is told by its problems."""
    from ishowtts_desktop.voices.library import VoiceLibrary

    library = VoiceLibrary((paths or Paths.of_user()).voices)
    library.open()
    return library


def _make_f5(
    speech: SpeechConfig, book: VoiceBook, wait_for_pause: Callable[[], None] | None
) -> SpeechEngine:
    _keep_compiled()
    _share_processor()
    try:
        # Alone, there is nobody to be quiet for.
        alone = wait_for_pause is None
        with contextlib.nullcontext() if alone else quiet_imports(_espeak_held()):
            from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
            from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options

            if wait_for_pause is not None:
                wait_for_pause()
            import_dictionaries()
    except ImportError as error:
        raise _not_installed(error, "F5", "f5") from error
    options = F5Options(
        nfe=speech.steps,
        cfg_strength=speech.cfg_strength,
        sway=speech.sway,
        seed=speech.seed,
        device=speech.device,
        precision=speech.precision,
        duration=speech.duration,
        phrase_cache_bytes=speech.phrase_cache * _MB,
        warm=_first_voices(speech, book),
    )
    return F5Engine(Checkpoint.find(_folder(speech)), book.recording, options)


def _make_reference(speech: SpeechConfig, book: VoiceBook) -> SpeechEngine:
    try:
        from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
        from ishowtts_desktop.speech.reference import ReferenceEngine, ReferenceOptions
    except ImportError as error:
        raise _not_installed(error, "stock F5", "reference") from error
    device = None if speech.device == "auto" else speech.device
    options = ReferenceOptions(
        nfe=speech.steps,
        cfg_strength=speech.cfg_strength,
        sway=speech.sway,
        seed=speech.seed,
        device=device,
        precision=speech.precision,
    )
    return ReferenceEngine(Checkpoint.find(_folder(speech)), book.recording, options)


def _first_voices(speech: SpeechConfig, book: VoiceBook) -> tuple[tuple[str, str], ...]:
    """Return the voices to prepare while loading: the chosen one, then those that ask for it."""
    chosen = [("", starter.language) for starter in STARTERS]
    if speech.voice:
        chosen = [(speech.voice, "")]
    return (*chosen, *((voice, "") for voice in book.preloaded() if voice != speech.voice))


def _folder(speech: SpeechConfig) -> Path | None:
    """Return where the model is; None leaves it to the Hugging Face cache."""
    return Path(speech.checkpoint).expanduser() if speech.checkpoint else None


def _not_installed(error: ImportError, engine: str, extra: str) -> EngineError:
    if not isinstance(error, ModuleNotFoundError):
        # Such as a PyTorch for another JetPack, which misses one of CUDA's libraries.
        return EngineError(
            f"The {engine} engine's packages are installed and don't start: {error}.",
            "Repair or replace the package that is named; `doctor` tells what is here.",
        )
    return EngineError(
        f"The {engine} engine's packages are not installed ({error.name} is missing).",
        f'Install them: {sys.executable} -m pip install "ishowtts-desktop[{extra}]".',
    )


def _keep_compiled() -> None:
    """Let compiled blocks outlive the process: torch's own choice is a folder for temporary files.

    The user's own settings win.
    """
    cache = Paths.of_user().cache
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(cache / "inductor"))
    os.environ.setdefault("TRITON_CACHE_DIR", str(cache / "triton"))


def _share_processor() -> None:
    """Let torch's threads sleep while they wait for each other; before torch is imported.

    By default they spin: beside a game that wants the same cores, a step on the processor then
    takes ten times as long (docs/adr/0009). The user's own settings win.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


@contextlib.contextmanager
def _espeak_held() -> Iterator[None]:
    """Keep everybody from opening espeak, which is done for each utterance."""
    from ishowtts_desktop.speech.espeak_library import EspeakLibrary

    with contextlib.ExitStack() as held:
        # Without espeak there is nobody to keep out.
        with contextlib.suppress(EngineError):
            held.enter_context(EspeakLibrary().session(lambda: False))
        yield
