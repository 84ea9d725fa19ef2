"""The application with a meter on its event loop, fed by a tagged server.

``python -m tests.support.metered_application PORT`` runs until ``ctl quit`` and then prints what
was measured, as JSON. A process of its own, so that nothing else holds up its event loop.
"""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace

import psutil
from PySide6.QtCore import QTimer

from ishowtts_desktop.desktop.app import build, make_qt, threads_left
from ishowtts_desktop.desktop.instance import InstanceServer
from ishowtts_desktop.desktop.instance_client import socket_path
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.desktop.stall_meter import StallMeter
from ishowtts_desktop.system.logs import setup_logging
from ishowtts_desktop.system.paths import Paths
from tests.support.pipeline import URL, tagged


def main(port: int) -> None:
    """Run and print."""
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
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]))
