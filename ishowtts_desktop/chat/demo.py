"""The demo chat: a bundled replay that shows what the application does with a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.chat.replay import ReplaySource
from ishowtts_desktop.core.resources import resource

if TYPE_CHECKING:
    from ishowtts_desktop.chat.url import SourceUrl
    from ishowtts_desktop.core.clock import Clock


def demo_source(url: SourceUrl, clock: Clock) -> ReplaySource:
    """Return the source for ``demo://``."""
    return ReplaySource(url, resource("demo", "demo.chat"), "demo", clock)
