"""The application with a meter on its event loop, fed by a tagged server.

``python -m tests.support.metered_application PORT`` runs until ``ctl quit`` and then prints what
was measured, as JSON. A process of its own, so that nothing else holds up its event loop. With a
second argument torch is imported like anything else: what the remedy is compared with.
"""

from __future__ import annotations

import contextlib
import json
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QTimer

from ishowtts_desktop import assembly
from ishowtts_desktop.core.utterances import OutcomeState
from ishowtts_desktop.desktop.app import build, make_qt, threads_left
from ishowtts_desktop.desktop.instance import InstanceServer
from ishowtts_desktop.desktop.instance_client import socket_path
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.desktop.stall_meter import StallMeter
from ishowtts_desktop.system.logs import setup_logging
from ishowtts_desktop.system.paths import Paths
from tests.support.pipeline import URL, tagged

if TYPE_CHECKING:
    from ishowtts_desktop.assembly import Pipeline
    from ishowtts_desktop.core.utterances import Outcome


class Gaps:
    """Counts the sound's gaps while something is spoken: in silence nobody hears them."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._output = pipeline._output
        self._before = 0
        self.heard = 0
        pipeline.conductor.watch(self._take)

    def _take(self, outcome: Outcome) -> None:
        dropouts = getattr(self._output, "dropouts", 0)
        if outcome.state is OutcomeState.SPEAKING:
            self._before = dropouts
        elif outcome.started_at is not None:
            self.heard += dropouts - self._before


def main(port: int, *, plainly: bool) -> None:
    """Run and print."""
    if plainly:
        assembly.quiet_imports = contextlib.nullcontext
        assembly.Pipeline._wait_for_pause = lambda _: None
    paths = Paths.of_user()
    logs = setup_logging(paths.logs, verbose=False)
    qt = make_qt()
    shell = Shell()
    shell.show(qt)
    application = build(paths, shell, tagged(SimpleNamespace(host="127.0.0.1", port=port)))  # type: ignore[arg-type]
    server = InstanceServer(socket_path(paths), application.dispatcher.run)
    assert server.start()
    application.commands.quit_requested.connect(lambda: qt.exit(0))
    meter, memory, process = StallMeter(), [0], psutil.Process()
    gaps = Gaps(application._pipeline)
    sampler = QTimer()
    sampler.timeout.connect(lambda: memory.append(process.memory_info().rss))
    sampler.start(250)
    # The start itself is measured elsewhere.
    QTimer.singleShot(2000, meter.start)
    application.start(URL)
    qt.exec()
    meter.stop()
    sampler.stop()
    server.close()
    assert application.shutdown()
    logs.close()
    figures = {
        "ticks": meter.ticks,
        "p99": meter.percentile(99),
        "longest": meter.longest,
        "memory": [memory[min(8, len(memory) - 1)], max(memory)],
        "threads": threads_left(),
        "dropouts": gaps.heard,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]), plainly=len(sys.argv) > 2)
