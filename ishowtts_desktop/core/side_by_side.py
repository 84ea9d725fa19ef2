"""Several things at once, each in a thread of its own, with one deadline."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import IshowttsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_log = logging.getLogger(__name__)


def run_side_by_side(works: Mapping[str, Callable[[], object]], deadline: float) -> bool:
    """Run each of ``works`` in a thread of its own; tell whether all ended by ``deadline``.

    Daemons, because what hangs (a frozen sound server, a dead disk) must not hold the process. What
    one of them raises is raised here when all the others had their time.
    """
    problems: list[IshowttsError] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except IshowttsError as error:
            problems.append(error)

    threads = [
        threading.Thread(target=run, args=(work,), name=f"close-{name}", daemon=True)
        for name, work in works.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            _log.warning("%s did not end in time", thread.name)
    if problems:
        raise problems[0]
    return not any(thread.is_alive() for thread in threads)
