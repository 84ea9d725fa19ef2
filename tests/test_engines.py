"""Making the engine that the configuration asks for, and what is said when it can't be made."""

from __future__ import annotations

import builtins
import os
from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop import engines
from ishowtts_desktop.core.config import SpeechConfig
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.engines import make_engine, maker, patience_for
from ishowtts_desktop.system.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISHOWTTS_HOME", str(tmp_path))
    for name in ("TORCHINDUCTOR_CACHE_DIR", "TRITON_CACHE_DIR", "OMP_WAIT_POLICY"):
        monkeypatch.setenv(name, "")  # so that it is taken back afterwards
        monkeypatch.delenv(name)


def importing_fails(monkeypatch: pytest.MonkeyPatch, error: ImportError) -> None:
    importing = builtins.__import__

    def fails(name: str, *rest: Any) -> Any:
        if name.startswith("ishowtts_desktop.speech.f5.checkpoint"):
            raise error
        return importing(name, *rest)

    monkeypatch.setattr(builtins, "__import__", fails)


@pytest.mark.parametrize(("engine", "extra"), [("f5", "[f5]"), ("f5-reference", "[reference]")])
def test_packages_that_are_missing_are_named_with_the_way_to_get_them(
    engine: Any, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing_fails(monkeypatch, ModuleNotFoundError("No module named 'torch'", name="torch"))
    with pytest.raises(EngineError, match="torch is missing") as met:
        make_engine(SpeechConfig(engine=engine))
    assert extra in met.value.advice


def test_a_torch_that_does_not_start_is_not_told_as_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # GIVEN a PyTorch for another JetPack
    why = "libcusparseLt.so.0: cannot open shared object file: No such file or directory"
    importing_fails(monkeypatch, ImportError(why, name="torch._C"))
    with pytest.raises(EngineError, match="libcusparseLt") as met:
        make_engine(SpeechConfig(engine="f5"))
    # THEN nobody is led to put another one over it
    assert "pip install" not in str(met.value)


def test_only_another_engine_than_the_embedded_one_needs_a_thread() -> None:
    assert maker(SpeechConfig()) is None
    assert maker(SpeechConfig(engine="f5")) is not None


def test_what_is_chosen_later_is_for_the_next_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(engines, "_make_f5", lambda speech, *_: made.append(speech.steps))
    speech = SpeechConfig(engine="f5", preset="turbo")
    make = maker(speech)
    speech.preset = "studio"
    assert make is not None
    make()
    assert made == [5]


def test_compiled_blocks_are_kept_with_the_user_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRITON_CACHE_DIR", "/elsewhere")
    with pytest.raises(EngineError):
        make_engine(SpeechConfig(engine="f5", checkpoint="/there/is/none"))
    assert os.environ["TORCHINDUCTOR_CACHE_DIR"].startswith(str(Paths.of_user().cache))
    assert os.environ["TRITON_CACHE_DIR"] == "/elsewhere"


def test_more_steps_are_waited_for_longer() -> None:
    waits = [patience_for(SpeechConfig(nfe=steps)) for steps in (1, 7, 32, 128)]
    assert waits == sorted(waits)
    # A plain processor was seen to take 5 s a step for the longest piece.
    assert all(wait > 5 * steps + 30 for wait, steps in zip(waits, (1, 7, 32, 128), strict=True))


@pytest.mark.parametrize("chosen", ["", "ACTIVE"])
def test_threads_that_wait_leave_the_processor_to_others_unless_told_otherwise(
    chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if chosen:
        monkeypatch.setenv("OMP_WAIT_POLICY", chosen)
    with pytest.raises(EngineError):
        make_engine(SpeechConfig(engine="f5", checkpoint="/there/is/none"))
    assert os.environ["OMP_WAIT_POLICY"] == (chosen or "PASSIVE")
