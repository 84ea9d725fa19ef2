"""Power cuts: the downloading process is killed at random points, and the cache stays right."""

from __future__ import annotations

import signal
import time
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.models.cache import Cache
from ishowtts_desktop.speech.f5.search import find_files
from tests.support.hub import V1, VOCOS, WEIGHTS, made_up
from tests.support.models_child import ModelsChild
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import Popen

    from tests.support.hub import FakeHub


@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.soak)])
def test_killed_at_any_moment_it_goes_on_and_ends_with_the_right_files(
    hub: FakeHub, tmp_path: Path, kills: int, figure: Callable[[str], None]
) -> None:
    random = Random(kills)
    child = ModelsChild(hub.url, tmp_path)
    cache = Cache(child.hub_cache)
    finished = resumed = 0
    for _ in range(kills):
        hub.mischief.seconds_a_piece = random.choice([0.0, 0.002, 0.005, 0.01])
        asked, kept = len(hub.begun), kept_bytes(cache)
        with child.start("download", "v1-base", "--json", "--accept-licence") as process:
            if random.random() < 0.2:
                time.sleep(random.uniform(0, 0.4))  # the moment itself is what is tried
            else:
                goal = hub.sent + random.randrange(50_000, 1_200_000)
                wait_until(partial(gone_so_far, process, hub, goal))
            child.end(process, signal.SIGKILL)
        for path, start in hub.begun[asked:]:
            if path == WEIGHTS and kept:
                # Not a byte is fetched twice that had been told of.
                assert start >= kept
                resumed += 1
        if whole(child):
            finished += 1
            assert child.run("verify", "v1-base")[0] == 0
            assert child.run("remove", "v1-base")[0] == 0
            assert not whole(child)
    hub.mischief.seconds_a_piece = 0.0
    code, events, errors = child.run("download", "v1-base")
    assert (code, events[-1]["event"], errors) == (0, "done", "")
    assert whole(child)
    assert not list(child.hub_cache.rglob("*.incomplete"))
    assert resumed
    figure(f"models: killed {kills} times: resumed {resumed} times, finished {finished} times")


def gone_so_far(process: Popen[str], hub: FakeHub, goal: int) -> bool:
    return hub.sent >= goal or process.poll() is not None


def kept_bytes(cache: Cache) -> int:
    return sum(part.stat().st_size for part in cache.partials(V1.files[1]))


def whole(child: ModelsChild) -> bool:
    """Tell whether the engine finds a model; if it does, all of it must be right."""
    try:
        files = find_files(None, {"HF_HUB_CACHE": str(child.hub_cache)})
    except EngineError:
        return False
    assert files.model.read_bytes() == made_up(WEIGHTS)
    assert files.vocabulary.read_bytes() == made_up(V1.files[0].path)
    assert files.vocos.read_bytes() == made_up(VOCOS.files[1].path)
    return True
