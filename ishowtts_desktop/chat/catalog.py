"""From a source URL to the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import SourceUrlError

if TYPE_CHECKING:
    import ssl

    from ishowtts_desktop.chat.rate import RateLimit
    from ishowtts_desktop.chat.source import ChatSource
    from ishowtts_desktop.chat.url import SourceUrl
    from ishowtts_desktop.core.clock import Clock


def open_source(
    url: SourceUrl,
    clock: Clock,
    ssl_context: ssl.SSLContext | None = None,
    joins: RateLimit | None = None,
) -> ChatSource:
    """Return the source that ``url`` names, not yet running; raises `SourceUrlError`.

    ``ssl_context`` verifies servers; None trusts what this computer trusts. ``joins`` is the limit
    that several sources share; None gives the source its own.
    """
    if url.scheme == "twitch":
        from ishowtts_desktop.chat.twitch.source import TwitchSource

        return TwitchSource(url, clock, ssl_context, joins=joins)
    if url.scheme in ("irc", "ircs"):
        from ishowtts_desktop.chat.irc.source import IrcSource

        return IrcSource(url, clock, ssl_context, joins=joins)
    if url.scheme == "replay":
        from ishowtts_desktop.chat.replay import replay_source

        return replay_source(url, clock)
    if url.scheme == "demo":
        from ishowtts_desktop.chat.demo import demo_source

        return demo_source(url, clock)
    raise SourceUrlError(f"No source reads {url.scheme}://.", "Check the source URL.")
