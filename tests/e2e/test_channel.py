"""A channel's chat is read aloud, end to end: IRC server, application, sound server, recording."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np

from tests.support.application import RunningApplication
from tests.support.ircd import IrcSpeaker, Ngircd
from tests.support.signal import Recording
from tests.support.speaking import espeak, say
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.support.pulse import PulseServer

SPEED = 1.8
CONFIG = f"""
[speech]
speed = {SPEED}
[audio]
volume = 1.0
[reading]
say_names = false
gap_seconds = 0.1
"""
# No word twice, so that no line resembles another.
LINES = [
    *("purple apple", "wooden bridge", "seven candles", "sleepy dragon", "diesel engine"),
    *("quiet forest", "acoustic guitar", "foggy harbor", "volcanic island", "humid jungle"),
    *("boiling kettle", "paper lantern", "steep mountain", "rusty needle", "bitter orange"),
    *("black pepper", "young queen", "frozen river", "leather saddle", "angry tiger"),
    *("broken umbrella", "ancient village", "open window", "striped zebra", "heavy anchor"),
    *("melted butter", "golden ticket", "大家好", "今天天气很好", "再见朋友们"),
]
KILL_AFTER = 15
# One has one place in the queue: before it is free, somebody else writes.
NICKS = ("alice", "bob", "carol", "dave", "erin")
PLACES = 3
ALIKE = 0.9
DROPOUTS = 0.2
PIECES = 8
ESPEAK_RATE = 22_050


def test_thirty_lines_are_heard_in_order_across_a_server_restart(
    tmp_path: Path, machine: dict[str, str], sound: PulseServer
) -> None:
    # GIVEN a TLS server of its own authority, a recorder on the sound, and the application
    with Ngircd() as server, sound.record() as recorder:
        env = {**machine, "SSL_CERT_FILE": str(server.certificate.certificate)}
        home, url = tmp_path / "home", server.url("stream", tls=True)
        with RunningApplication(home, "--source", url, env=env, config=CONFIG) as app:

            def connected() -> bool:
                return app.status().get("connection") == "connected"

            wait_until(connected, 30, "the application is in the channel")
            # WHEN some people say thirty lines, and the server dies and comes back in the middle
            for part in (LINES[:KILL_AFTER], LINES[KILL_AFTER:]):
                with ExitStack() as people:
                    seats = [IrcSpeaker(server.port, nick, "#stream") for nick in NICKS]
                    for seat in seats:
                        people.enter_context(seat)
                    for line, seat in zip(part, cycle(seats)):
                        wait_until(lambda: app.status()["queued"] < PLACES, 60, "room")
                        seat.say(line)
                        said = LINES.index(line) + 1
                        wait_until(lambda n=said: known(app) == n, 30, f"{said} lines came")
                if part[-1] != LINES[-1]:
                    server.kill()
                    wait_until(lambda: not connected(), 30, "the loss is noticed")
                    server.restart()
                    wait_until(connected, 60, "it is back in the channel")
            wait_until(lambda: app.status()["spoken"] == len(LINES), 120, "all were spoken")
            assert app.quit() == 0
        recording = Recording(recorder.stop(), recorder.rate)
    # THEN every line is in the recording, in order
    with espeak() as voice:
        renderings = [say(voice, line, language(line), speed=SPEED) for line in LINES]
    starts = [heard_at(recording, rendering) for rendering in renderings]
    assert None not in starts, [
        line for line, start in zip(LINES, starts, strict=True) if start is None
    ]
    assert starts == sorted(set(starts))


def language(line: str) -> str:
    """The language that the line is said in."""
    return "en" if line.isascii() else "zh"


def heard_at(recording: Recording, rendering: NDArray[np.float32]) -> int | None:
    """Return the frame where a rendering begins in the recording; None when it isn't there.

    A busy machine may drop a few milliseconds here and there. Then most of its pieces are still
    found, in order, each about at its place.
    """
    whole = recording.find(rendering, ESPEAK_RATE)
    if whole.correlation >= ALIKE:
        return whole.start
    slack = round(DROPOUTS * recording.rate)
    length = len(rendering) * recording.rate // ESPEAK_RATE
    begin = max(0, whole.start - slack)
    place = Recording(recording.samples[begin : whole.start + length + slack], recording.rate)
    pieces = [place.find(piece, ESPEAK_RATE) for piece in np.array_split(rendering, PIECES)]
    heard = [piece.start for piece in pieces if piece.correlation >= ALIKE]
    return whole.start if len(heard) >= PIECES * 3 // 4 and heard == sorted(heard) else None


def known(app: RunningApplication) -> int:
    """Count the messages that arrived, whatever became of them."""
    status = app.status()
    final = sum(status[state] for state in ("spoken", "refused", "dropped", "removed"))
    return int(final + status["queued"] + bool(status["speaking"]))
