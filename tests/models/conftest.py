"""A hub on loopback, an empty cache, and a downloader between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.models.cache import Cache
from ishowtts_desktop.models.download import Downloader
from ishowtts_desktop.models.hub import Hub
from ishowtts_desktop.models.transfer import Patience
from tests.support.hub import SMALL_CATALOGUE, FakeHub

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.core.published import PublishedModel
    from ishowtts_desktop.models.events import Event


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        yield hub


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "hub")


class Getting:
    """Downloads from the stand-in, and keeps what is told on the way."""

    def __init__(self, hub: FakeHub, cache: Cache) -> None:
        self.environment = {"HF_ENDPOINT": hub.url, "HF_HUB_CACHE": str(cache.folder)}
        self.cache = cache
        self.events: list[Event] = []
        self.cancel = CancelToken()

    def get(
        self, model: PublishedModel, *, tries: int = 3, reserve: int = 0, silence: float = 5
    ) -> Path:
        downloader = Downloader(
            Hub(self.environment, silence),
            self.cache,
            self.environment,
            catalogue=SMALL_CATALOGUE,
            patience=Patience(tries, pause=0.001),
            reserve=reserve,
        )
        return downloader.download(model, self.take, self.cancel)

    def take(self, event: Event) -> None:
        self.events.append(event)


@pytest.fixture
def getting(hub: FakeHub, cache: Cache) -> Getting:
    return Getting(hub, cache)
