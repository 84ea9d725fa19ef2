"""The C library's edge: what is broken, busy or raising."""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path

import espeakng_loader
import pytest

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.espeak import EspeakEngine
from ishowtts_desktop.speech.espeak_library import EspeakLibrary


def never() -> bool:
    return False


def open_session(library: EspeakLibrary) -> None:
    with library.session(never):
        pass


def test_a_missing_or_damaged_library_says_what_to_do(tmp_path: Path) -> None:
    damaged = tmp_path / "libespeak-ng.so"
    damaged.write_bytes(b"\x7fELF rubbish")

    for path in (tmp_path / "none.so", damaged):
        with pytest.raises(EngineError, match="can't be loaded") as caught:
            EspeakEngine(EspeakLibrary(library=path)).load()
        assert "Install the application again" in caught.value.advice


def test_a_missing_package_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)

    with pytest.raises(EngineError, match="not installed") as caught:
        open_session(EspeakLibrary())

    assert "Install the application again" in caught.value.advice


def test_missing_or_damaged_data_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="data isn't in") as caught:
        open_session(EspeakLibrary(data=tmp_path))
    assert caught.value.advice

    (tmp_path / "phontab").write_bytes(b"")
    with pytest.raises(EngineError, match="can't read its data"):
        open_session(EspeakLibrary(data=tmp_path))


def test_data_in_a_folder_with_a_name_too_long_says_so(tmp_path: Path) -> None:
    data = tmp_path / ("long" * 60) / "espeak-ng-data"
    source = Path(espeakng_loader.get_data_path())
    inner = source / "espeak-ng-data"
    data.parent.mkdir()
    data.symlink_to(inner if inner.is_dir() else source)

    with pytest.raises(EngineError) as caught:
        open_session(EspeakLibrary(data=data))

    assert "200 bytes" in caught.value.advice


def test_a_failure_leaves_the_library_free_for_the_next(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    with pytest.raises(EngineError):
        open_session(EspeakLibrary(data=tmp_path))

    open_session(EspeakLibrary())


def test_what_the_taker_raises_comes_out_of_speak() -> None:
    def refuse(data: bytes) -> bool:
        raise ZeroDivisionError(len(data))

    with EspeakLibrary().session(never) as session:
        assert session is not None
        with pytest.raises(ZeroDivisionError):
            session.speak("hello", "gmw/en", 175, refuse)
        assert session.speak("hello", "gmw/en", 175, lambda data: True)
        assert not session.speak("hello", "gmw/en", 175, lambda data: False)


def test_an_unknown_voice_is_an_error() -> None:
    with EspeakLibrary().session(never) as session:
        assert session is not None
        with pytest.raises(EngineError, match="no voice nobody"):
            session.speak("hello", "nobody", 175, lambda data: True)


def test_who_gives_up_while_waiting_for_the_turn_gets_no_session() -> None:
    waiting = threading.Event()

    def give_up() -> bool:
        waiting.set()
        return stop.is_set()

    stop = threading.Event()
    got: list[object] = []

    def second() -> None:
        with EspeakLibrary().session(give_up) as session:
            got.append(session)

    with EspeakLibrary().session(never):
        helper = threading.Thread(target=second, name="second")
        helper.start()
        assert waiting.wait(10)
        stop.set()
        helper.join()

    assert got == [None]


def test_a_turn_that_never_comes_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ishowtts_desktop.speech.espeak_library._TURN_SECONDS", 0.1)

    with (
        EspeakLibrary().session(never),
        pytest.raises(EngineError, match="Another espeak engine"),
    ):
        open_session(EspeakLibrary())
