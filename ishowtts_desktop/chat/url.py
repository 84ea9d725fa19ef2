"""Source URLs: what names a chat in a configuration, on a command line or in a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from ishowtts_desktop.core.errors import SourceUrlError

_PLANNED = ("youtube", "bilibili", "streamerbot", "ingress")
_IRC_PORTS = {"irc": 6667, "ircs": 6697}
_EXAMPLES = (
    "Use a Twitch channel's name, twitch://NAME, ircs://HOST/CHANNEL, demo:// or replay://FILE."
)

_URL = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.IGNORECASE | re.DOTALL)
_TWITCH_NAME = re.compile(r"[a-z0-9_]{1,25}")
_TWITCH_PAGE = re.compile(r"(?:https?://)?(?:(?:www|m|go)\.)?twitch\.tv/(.*)", re.IGNORECASE)
_TWITCH_PAGES_OF_CHANNELS = ("popout", "moderator", "embed", "u")
_TWITCH_PAGES_OF_NOBODY = ("directory", "downloads", "search", "settings", "videos")
_NOT_IN_A_CHANNEL = re.compile(r"[\x00-\x20\x7f,]")
_LONGEST = 4096


@dataclass(frozen=True)
class SourceUrl:
    """The parts of a source URL.

    ``channel`` is a Twitch login or an IRC channel with its ``#``; ``path`` is a replay's file as
    it was written, with ``~`` still in it; ``query`` holds pairs of name and value.
    """

    scheme: str
    host: str = ""
    port: int | None = None
    channel: str = ""
    path: str = ""
    query: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> SourceUrl:
        """Read a source URL, or what users paste instead of one; raises `SourceUrlError`."""
        text = text.strip()
        if not text or len(text) > _LONGEST:
            raise SourceUrlError(
                "No channel is named." if not text else "This is too long.", _EXAMPLES
            )
        if page := _TWITCH_PAGE.fullmatch(text):
            return cls("twitch", channel=_channel_of_page(page.group(1)))
        url = _URL.fullmatch(text)
        if url is None:
            return cls("twitch", channel=_twitch_name(text))
        scheme, rest = url.group(1).lower(), url.group(2)
        if scheme == "twitch":
            return cls("twitch", channel=_twitch_name(unquote(rest).strip("/")))
        if scheme in _IRC_PORTS:
            return _irc_url(scheme, rest)
        if scheme in ("demo", "replay"):
            return _script_url(scheme, rest)
        if scheme in _PLANNED:
            raise SourceUrlError(f"{scheme}:// can't be read yet.", _EXAMPLES)
        raise SourceUrlError(f"{scheme}:// is not a chat that can be read.", _EXAMPLES)

    def option(self, name: str) -> str | None:
        """Return the value of ``name`` in the query, the last one where it is repeated."""
        return dict(self.query).get(name)

    def __str__(self) -> str:
        query = f"?{urlencode(self.query)}" if self.query else ""
        if self.scheme in _IRC_PORTS:
            host = f"[{self.host}]" if ":" in self.host else self.host
            port = "" if self.port in (None, _IRC_PORTS[self.scheme]) else f":{self.port}"
            plain = re.fullmatch(r"#[^#&+!].*", self.channel)
            channel = quote(self.channel[1:] if plain else self.channel, safe="")
            return f"{self.scheme}://{host}{port}/{channel}"
        if self.scheme == "twitch":
            return f"twitch://{self.channel}"
        return f"{self.scheme}://{quote(self.path, safe='/~')}{query}"


def _twitch_name(text: str) -> str:
    name = re.sub(r"^[#@]", "", text).lower()
    if _TWITCH_NAME.fullmatch(name):
        return name
    raise SourceUrlError(
        f"{text[:60]!r} is not the name of a Twitch channel.",
        "A name has up to 25 letters a-z, digits and underscores. " + _EXAMPLES,
    )


def _channel_of_page(path: str) -> str:
    parts = [part for part in re.split(r"[?#]", path, maxsplit=1)[0].split("/") if part]
    if len(parts) > 1 and parts[0].lower() in _TWITCH_PAGES_OF_CHANNELS:
        parts = parts[1:]
    if not parts or parts[0].lower() in _TWITCH_PAGES_OF_NOBODY:
        raise SourceUrlError(
            "This Twitch page belongs to no channel.", "Copy the address of the channel's own page."
        )
    return _twitch_name(parts[0])


def _irc_url(scheme: str, rest: str) -> SourceUrl:
    netloc, _, tail = rest.partition("/")
    example = f"Write {scheme}://HOST/CHANNEL or {scheme}://HOST:PORT/CHANNEL."
    if "@" in netloc:
        # The message must not repeat what may be a password.
        raise SourceUrlError(
            "A name or password stands before the host.", f"Leave it out. {example}"
        )
    try:
        parts = urlsplit(f"//{netloc}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise SourceUrlError(f"{netloc[:60]!r} is not a host and port.", example) from None
    if not host or parts.netloc != netloc or re.search(r"[\s%\\]", host) or port == 0:
        raise SourceUrlError(f"{netloc[:60]!r} is not a host.", example)
    channel = unquote(tail.partition("?")[0])
    if not channel.strip("/#") or _NOT_IN_A_CHANNEL.search(channel) or len(channel) > 200:
        raise SourceUrlError(f"{channel[:60]!r} is not an IRC channel.", example)
    if channel[0] not in "#&+!":
        channel = f"#{channel}"
    return SourceUrl(scheme, host=host, port=port or _IRC_PORTS[scheme], channel=channel)


def _script_url(scheme: str, rest: str) -> SourceUrl:
    raw, _, query = rest.partition("?")
    path = unquote(raw)
    if scheme == "demo" and path.strip("/"):
        raise SourceUrlError("The demo chat has no channels.", "Write demo:// alone.")
    if scheme == "replay" and (not path or "\0" in path):
        raise SourceUrlError(
            "No file is named.", "Write replay://FILE, for example replay://~/chat.log."
        )
    return SourceUrl(scheme, path="" if scheme == "demo" else path, query=tuple(parse_qsl(query)))
