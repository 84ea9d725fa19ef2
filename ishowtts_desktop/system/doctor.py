"""The doctor: looks at everything that speech needs and says what to do about each finding.

`examine` never raises, asks for nothing (no password, no permission) and changes nothing.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ishowtts_desktop.system.checks import CHECKS
from ishowtts_desktop.system.findings import Finding
from ishowtts_desktop.system.machine import Machine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ishowtts_desktop.system.findings import Check
    from ishowtts_desktop.system.paths import Paths

_log = logging.getLogger(__name__)
__all__ = ["Finding", "examine"]


def examine(
    paths: Paths,
    machine: Machine | None = None,
    checks: Iterable[tuple[str, Check]] = CHECKS,
) -> list[Finding]:
    """Run every check, in the order in which a streamer would mend things. Takes a few seconds."""
    looked_at = machine or Machine()
    findings: list[Finding] = []
    for name, check in checks:
        findings.extend(_run(name, check, looked_at, paths))
    return findings


def _run(name: str, check: Check, machine: Machine, paths: Paths) -> Iterator[Finding]:
    try:
        yield from check(machine, paths)
    except Exception as error:  # noqa: BLE001 - one check's edge
        # A check that fails says something about the machine too; the others still have their say.
        _log.exception("The check %s failed", name)
        yield Finding(
            name,
            "warning",
            f"This could not be checked: {type(error).__name__}: {error}",
            "The other findings still hold. Please report this line.",
        )
