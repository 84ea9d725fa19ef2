"""Fifty thousand lines at full speed: a smooth window, little memory, PING answered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.desktop.instance_client import send
from ishowtts_desktop.system.paths import Paths
from tests.support.tagged_server import TaggedServer
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = 50_000
MEGABYTE = 1_000_000


def test_a_flood_leaves_the_window_smooth(
    tmp_path: Path, machine: dict[str, str], figure: Callable[[str], None]
) -> None:
    home = tmp_path / "home"
    paths = Paths.under(home)

    def status() -> dict[str, object]:
        try:
            return send("status", paths=paths)
        except InstanceError:
            return {}

    with TaggedServer() as server:
        # GIVEN the application, its window open, in the channel
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.metered_application", str(server.port)],
            env={**os.environ, **machine, "ISHOWTTS_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            server.wait_for_listeners(timeout=30)
            time.sleep(2.5)  # the meter starts after two seconds
            # WHEN the chat is flooded, with PINGs between
            delays = server.flood(LINES, pings=5)
            wait_until(lambda: status().get("queued") is not None, 30, "it answers ctl")
            server.say("after the flood")
            wait_until(lambda: seen(status()) > LINES, 60, "all was dealt with")
            time.sleep(1)
            send("quit", paths=paths)
            output, errors = process.communicate(timeout=30)
        finally:
            process.kill()
            process.wait()
    figures = json.loads(output)
    stalls = f"p99 {figures['p99'] * 1000:.1f} ms, longest {figures['longest'] * 1000:.0f} ms"
    before, most = figures["memory"]
    memory = f"{before / 1e6:.0f} to {most / 1e6:.0f} MB"
    pong = f"PONG after at most {max(delays) * 1000:.0f} ms"
    figure(f"flood of {LINES} lines: stalls {stalls}; memory {memory}; {pong}")
    # THEN nothing was raised, logged or printed
    assert process.returncode == 0
    assert "Traceback" not in errors + (home / "logs" / "ishowtts.log").read_text()
    # AND the event loop, the memory and the server were served
    assert figures["ticks"] > 200
    assert figures["p99"] < 0.050
    assert figures["longest"] < 0.250
    assert most - before < 80 * MEGABYTE
    assert max(delays) < 5.0
    assert not figures["threads"]


def seen(status: dict[str, object]) -> int:
    """Count the messages that have an outcome, or wait."""
    states = ("spoken", "refused", "dropped", "removed", "queued")
    return sum(int(str(status.get(state, 0))) for state in states) + bool(status.get("speaking"))
