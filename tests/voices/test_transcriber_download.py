"""The recogniser's model, fetched by the real client of the hub from one on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.voices.whisper_hub import COMMIT, WhisperHub, whisper_hub

ROOT = Path(__file__).parents[2]
FILES = {
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "vocabulary.txt": b"a\n",
    "model.bin": os.urandom(3_000_000),
    "README.md": b"not needed",
}
# The client looks for its hub when it is imported: hence a process of its own.
FETCH = """
import json, sys, threading, time
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.transcriber_model import download_model, find_model

cancel = CancelToken()
timer = threading.Timer(float(sys.argv[1]), cancel.cancel)
timer.start()
told = {"error": ""}
start = time.monotonic()
try:
    told["fetched"] = str(download_model("small", cancel))
except VoiceError as error:
    told["error"] = str(error)
told["seconds"] = time.monotonic() - start
timer.cancel()
timer.join()
told["found"] = str(find_model("small"))
told["threads"] = [thread.name for thread in threading.enumerate()]
print(json.dumps(told))
"""


def fetched(hub: WhisperHub, folder: Path, seconds: float = 60.0) -> Any:
    """Fetch the model in another process, stopped after ``seconds``; return what it tells."""
    done = subprocess.run(
        [sys.executable, "-c", FETCH, str(seconds)],
        env={
            **os.environ,
            "HF_ENDPOINT": hub.url,
            "HF_HUB_CACHE": str(folder / "hub"),
            "HF_HOME": str(folder),
            "HF_TOKEN": "hf_canary",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "NO_PROXY": "*",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_model_is_fetched_once_and_found_without_network_from_then_on(tmp_path: Path) -> None:
    with whisper_hub(FILES) as hub:
        told = fetched(hub, tmp_path)
    assert told["error"] == ""
    folder = Path(told["fetched"])
    assert (told["found"], folder.name) == (told["fetched"], COMMIT)
    assert sorted(path.name for path in folder.iterdir()) == sorted(set(FILES) - {"README.md"})
    assert folder.joinpath("model.bin").read_bytes() == FILES["model.bin"]
    assert told["threads"] == ["MainThread"]
    # Whose token it is, is nobody's business here.
    assert hub.tokens == []


def test_a_cancelled_download_ends_soon_and_leaves_no_half_model(tmp_path: Path) -> None:
    # GIVEN a hub whose weights never come to their end
    with whisper_hub(FILES | {"model.bin": bytes(500_000_000)}) as hub:
        hub.endless = True
        # WHEN it is stopped
        told = fetched(hub, tmp_path, 0.8)
    # THEN nobody waits for it, and nothing is taken for a model
    assert told["error"].startswith("Recognising the speech was stopped.")
    assert told["found"] == "None"
    assert told["seconds"] < 30


def test_a_hub_without_the_model_is_told(tmp_path: Path) -> None:
    with whisper_hub({}) as hub:
        told = fetched(hub, tmp_path)
    assert "isn't on this machine and can't be downloaded: what is published" in told["error"]


def test_a_hub_that_can_not_be_reached_is_told(tmp_path: Path) -> None:
    # GIVEN the address of a hub that is gone
    with whisper_hub({}) as hub:
        pass
    told = fetched(hub, tmp_path)
    assert "Connection refused" in told["error"]
    assert "\n" not in told["error"]
