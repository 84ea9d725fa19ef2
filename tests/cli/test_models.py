"""``models``: what programs and people read, and a cancel at any moment."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save_file

from ishowtts_desktop.cli.main import run
from ishowtts_desktop.models.cache import Cache
from tests.support.hub import V1, VOCOS, WEIGHTS, FakeHub, made_up
from tests.support.models_child import ModelsChild
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

GET = ("download", "v1-base", "--accept-licence")


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        yield hub


@pytest.fixture
def child(hub: FakeHub, tmp_path: Path) -> ModelsChild:
    return ModelsChild(hub.url, tmp_path)


def listed(child: ModelsChild) -> dict[str, object]:
    models: list[dict[str, object]] = child.run("list")[1][0]["models"]
    return next(model for model in models if model["id"] == "v1-base")


def test_a_model_is_listed_downloaded_verified_and_removed(child: ModelsChild) -> None:
    before = listed(child)
    assert before["state"] == "absent"
    assert "folder" not in before
    assert before["licence_accepted"] is False
    assert "make money" in str(before["licence_text"])
    # WHEN it is downloaded
    code, events, errors = child.run(*GET)
    assert (code, errors) == (0, "")
    assert events[0] == {"event": "checking"}
    progress = [event for event in events if event["event"] == "progress"]
    assert progress[-1]["file"] == WEIGHTS
    assert progress[-1]["bytes"] == progress[-1]["total"] == V1.bytes + VOCOS.bytes
    assert events[-2] == {"event": "verifying", "bytes": 1_500_000, "total": 1_500_000}
    # THEN it is here, and its licence isn't asked for again
    after = listed(child)
    assert after["state"] == "complete"
    assert events[-1] == {"event": "done", "folder": after["folder"]}
    assert Path(str(after["folder"]), "vocab.txt").read_bytes() == made_up(V1.files[0].path)
    assert child.run("download", "v1-base")[1] == events[-1:]
    # AND verified and removed
    code, (told,), _ = child.run("verify", "v1-base")
    assert (code, told["ok"], len(told["files"])) == (0, True, 4)
    assert set(told["files"][0]) == {"path", "ok", "expected", "found"}
    assert child.run("remove", "v1-base")[1] == [{"removed_bytes": V1.bytes}]
    code, (told,), _ = child.run("verify", "v1-base")
    assert (code, told["ok"]) == (1, False)


def test_people_read_sentences(child: ModelsChild) -> None:
    with child.start(*GET) as process:
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.endswith("F5TTS_v1_Base\n")
    assert f"{WEIGHTS}: 100 %" in errors
    with child.start("list") as process:
        out, _ = process.communicate(timeout=60)
    assert "v1-base  F5-TTS v1 Base    about 1.5 MB  CC-BY-NC-4.0  complete" in out
    with child.start("verify", "v0-base") as process:
        out, errors = process.communicate(timeout=60)
    assert "missing   F5TTS_Base/vocab.txt" in out
    assert process.returncode == 1
    assert errors.count("\n") == 1


def test_without_a_terminal_an_unaccepted_licence_is_one_clear_line(
    child: ModelsChild, hub: FakeHub
) -> None:
    code, events, errors = child.run("download", "v1-base")
    assert code == 1
    assert [event["event"] for event in events] == ["failed"]
    assert "--accept-licence" in events[0]["advice"]
    assert errors.count("\n") == 1
    assert hub.begun == []
    # AND the vocoder needs none
    assert child.run("download", "vocos")[0] == 0


@pytest.mark.parametrize(("answer", "code"), [(b"yes\n", 0), (b"no\n", 1), (b"\x04", 1)])
def test_on_a_terminal_the_licence_is_asked_for(
    child: ModelsChild, answer: bytes, code: int
) -> None:
    ours, theirs = pty.openpty()
    with (
        os.fdopen(ours, "rb+", buffering=0) as screen,
        child.start("download", "v1-base", terminal=theirs) as process,
    ):
        os.close(theirs)
        seen = read_until(screen.fileno(), b"[yes/no] ")
        assert b"make money" in seen
        screen.write(answer)
        read_until(screen.fileno(), None)
        assert process.wait(30) == code
    assert listed(child)["state"] == ("absent" if code else "complete")


def read_until(terminal: int, word: bytes | None) -> bytes:
    """Read a terminal until ``word`` is on it, or until whoever wrote has gone."""
    seen = b""
    while word is None or word not in seen:
        try:
            more = os.read(terminal, 4096)
        except OSError:
            return seen
        if not more:
            return seen
        seen += more
    return seen


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("stalled", [False, True])
def test_a_cancel_is_obeyed_within_a_second_and_resumed(
    child: ModelsChild, hub: FakeHub, number: signal.Signals, stalled: bool
) -> None:
    hub.mischief.seconds_a_piece = 0.01
    hub.mischief.stall_after = 400_000 if stalled else None
    with child.start(*GET, "--json") as process:
        wait_until(lambda: hub.sent >= 450_000)
        assert hub.stalled.wait(15 if stalled else 0) is stalled
        asked = time.monotonic()
        events = child.end(process, number)
        took = time.monotonic() - asked
    assert (process.returncode, events[-1]) == (130, {"event": "cancelled"})
    assert took < 1
    assert listed(child)["state"] == "partial"
    (rest,) = child.hub_cache.rglob("*.incomplete")
    kept = rest.stat().st_size
    # WHEN it is started again
    hub.mischief.seconds_a_piece, hub.mischief.stall_after = 0, None
    assert child.run(*GET)[0] == 0
    assert hub.begun[-1] == (WEIGHTS, kept)


def test_a_stall_is_seen_before_it_is_an_error(child: ModelsChild, hub: FakeHub) -> None:
    hub.mischief.stall_after = 100_000
    with child.start(*GET, "--json") as process:
        assert process.stdout is not None
        lines = (json.loads(line) for line in process.stdout)
        progress = (event for event in lines if event["event"] == "progress")
        still = [event for event, _ in zip(progress, range(5), strict=False)][-1]
        assert (still["file"], still["bytes"] < still["total"]) == (WEIGHTS, True)
        child.end(process, signal.SIGTERM)
    assert process.returncode == 130


def test_a_hub_that_never_answers_doesnt_hold_a_cancel_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        child = ModelsChild(f"http://127.0.0.1:{server.getsockname()[1]}", tmp_path)
        with child.start(*GET, "--json") as process:
            guest, _ = server.accept()
            with guest:
                assert guest.recv(100).startswith(b"HEAD ")
                asked = time.monotonic()
                events = child.end(process, signal.SIGTERM)
                assert time.monotonic() - asked < 1
    assert (process.returncode, events[-1]) == (130, {"event": "cancelled"})


def test_an_id_that_isnt_in_the_catalogue_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("download", "verify", "remove"):
        with pytest.raises(SystemExit) as caught:
            run(["models", verb, "../../etc"])
        assert caught.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_a_folder_of_ones_own_is_looked_at(child: ModelsChild, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert child.run("list", "--folder", str(folder))[1][0]["chosen"]["state"] == "absent"
    (folder / "vocos").mkdir(parents=True)
    rows = {"transformer.text_embed.text_embed.weight": np.zeros((3, 2), np.float32)}
    save_file(rows, folder / "model_9.safetensors")
    save_file(rows, folder / "vocos" / "model.safetensors")
    folder.joinpath("vocab.txt").write_text(" \na\n", encoding="utf-8")
    chosen = child.run("list", "--folder", str(folder))[1][0]["chosen"]
    assert (chosen["state"], chosen["problem"]) == ("complete", "")
    folder.joinpath("vocab.txt").write_text(" \n", encoding="utf-8")
    chosen = child.run("list", "--folder", str(folder))[1][0]["chosen"]
    assert chosen["state"] == "partial"
    assert [file["ok"] for file in chosen["files"]] == [True, False, True]


def test_without_the_library_the_extra_is_named(
    child: ModelsChild, tmp_path: Path, hub: FakeHub
) -> None:
    # GIVEN a Python that finds no huggingface_hub
    shadow = tmp_path / "shadow"
    shadow.mkdir()
    shadow.joinpath("huggingface_hub.py").write_text(
        "raise ImportError('none', name='huggingface_hub')\n", encoding="utf-8"
    )
    child.environment["PYTHONPATH"] = str(shadow)
    code, events, _ = child.run(*GET)
    assert code == 1
    assert "huggingface_hub, which is not installed" in events[-1]["message"]
    assert "ishowtts-desktop[f5]" in events[-1]["advice"]
    # AND looking and removing need none
    assert child.run("list")[0] == child.run("remove", "vocos")[0] == 0


def test_a_cache_that_cant_be_is_one_clear_line(hub: FakeHub, tmp_path: Path) -> None:
    # GIVEN a name that no file system takes
    child = ModelsChild(hub.url, tmp_path, HF_HUB_CACHE=str(tmp_path / ("a" * 300)))
    code, events, errors = child.run(*GET)
    assert (code, events[-1]["event"]) == (1, "failed")
    assert "File name too long" in events[-1]["message"]
    assert errors.count("\n") == 1
    assert child.run("verify", "v1-base")[0] == 1
    assert child.run("remove", "v1-base")[1] == [{"removed_bytes": 0}]


def test_a_damaged_vocoder_is_named_as_what_to_remove(child: ModelsChild) -> None:
    child.run(*GET)
    vocoder = Cache(child.hub_cache).links(VOCOS.files[-1])[0].resolve()
    data = bytearray(vocoder.read_bytes())
    data[7] ^= 1
    vocoder.write_bytes(data)
    code, (told,), errors = child.run("verify", "v1-base")
    assert (code, told["ok"], errors.count("\n")) == (1, False, 1)
    assert "`models remove vocos`, then `models download v1-base`" in errors
    child.run("remove", "vocos")
    child.run(*GET)
    assert child.run("verify", "v1-base")[0] == 0
