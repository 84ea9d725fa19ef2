"""A benchmark's session: the thread's device, and torch's errors in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.lab import session
from ishowtts_desktop.lab.session import opened_session

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint


def test_the_thread_works_on_the_device_that_was_found(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[torch.device] = []
    monkeypatch.setattr(session, "work_on", chosen.append)
    with opened_session(None, checkpoint.files.model.parent, "cpu") as opened:
        assert chosen == [torch.device("cpu")]
        assert opened.device == torch.device("cpu")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB."), "memory"),
        (RuntimeError("CUDA error: an illegal memory access\nmore"), "stopped answering"),
        (EngineError("It is so.", "Do this."), "It is so"),
    ],
)
def test_what_torch_raises_inside_is_one_line(
    error: Exception, says: str, checkpoint: Checkpoint
) -> None:
    with (
        pytest.raises(EngineError, match=says) as failed,
        opened_session(None, checkpoint.files.model.parent, "cpu"),
    ):
        raise error
    assert "\n" not in str(failed.value)


def test_what_torch_raises_before_anything_is_opened_is_one_line(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: torch.device) -> None:
        raise RuntimeError("CUDA error: out of memory")

    monkeypatch.setattr(session, "share_memory", fails)
    with (
        pytest.raises(EngineError, match="memory"),
        opened_session(None, checkpoint.files.model.parent, "cpu"),
    ):
        pass
