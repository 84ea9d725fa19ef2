"""Doing several things until one of them ends, or until the time is up.

`asyncio.timeout` and `TaskGroup` come with Python 3.11. `asyncio.wait_for` is there before, but up
to 3.11 it can swallow a cancellation, or lose a connection that was made in that moment.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

_PATIENCE = 0.5


async def until_first(*work: Coroutine[Any, Any, None]) -> None:
    """Run all of ``work`` until the first returns or raises; cancel the rest and wait for it."""
    tasks = [asyncio.create_task(part) for part in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await cancel(*tasks)


async def cancel(*tasks: asyncio.Task[Any]) -> None:
    """Cancel ``tasks`` and wait until they have ended, whatever they ended with."""
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        # A library may still swallow a cancellation: ask again.
        _, pending = await asyncio.wait(pending, timeout=_PATIENCE)
    for task in tasks:
        if not task.cancelled():
            task.exception()


@asynccontextmanager
async def time_limit(seconds: float) -> AsyncIterator[None]:
    """Raise `asyncio.TimeoutError` from the body when it takes longer than ``seconds``."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine runs in a task
    expired = False

    def expire() -> None:
        nonlocal expired
        expired = True
        task.cancel()

    timer = asyncio.get_running_loop().call_later(seconds, expire)
    try:
        yield
    except asyncio.CancelledError:
        # From Python 3.11 on, a task tells whether somebody else wants it cancelled as well.
        uncancel = getattr(task, "uncancel", lambda: 0)
        if expired and not uncancel():
            raise asyncio.TimeoutError from None
        raise
    finally:
        timer.cancel()
