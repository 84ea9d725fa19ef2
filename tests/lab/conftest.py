"""A tiny model with random weights, and a line for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from ishowtts_desktop.lab.lines import Line, make_line, make_reference
from ishowtts_desktop.speech.f5.arch import ARCHS
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.random_weights import write_random

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.speech.f5.reference import Reference

TINY = ARCHS["tiny"]


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(TINY, folder)
    return Checkpoint.find(folder)


@pytest.fixture(scope="session")
def reference() -> Reference:
    return make_reference(0.8)


@pytest.fixture(scope="session")
def line(reference: Reference) -> Line:
    return make_line(reference, 0.5)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """A model this small gains nothing from more, and loses much on a machine that is busy."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
