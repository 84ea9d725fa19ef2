"""Waiting for something to become true, with room for a slow machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def wait_until(look: Callable[[], T], timeout: float = 15.0, what: str = "") -> T:
    """Return the first truthy value of ``look``; raise AssertionError after ``timeout`` seconds."""
    deadline = time.monotonic() + timeout
    while True:
        value = look()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"after {timeout} s still not: {what or look}")
        time.sleep(0.02)
