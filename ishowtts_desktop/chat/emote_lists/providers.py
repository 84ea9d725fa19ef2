"""What the three services' public lists look like. Pure: bytes in, names out.

Sources: https://7tv.io/docs, https://betterttv.com/developers/api,
https://api.frankerfacez.com/docs. Channels are named by their Twitch id.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeGuard

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from ishowtts_desktop.core.errors import ChatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

EVERYWHERE: Final = ""
"""The channel of the emotes that all channels have."""
MOST_NAMES: Final = 10_000
_LONGEST_NAME: Final = 100


@dataclass(frozen=True)
class Provider:
    """One service: where its lists are, and how names are found in them."""

    id: str
    host: str
    everywhere: str
    channel: str
    find: Callable[[bytes], Iterable[object]]

    def path(self, channel_id: str) -> str:
        """Return the path of a channel's list, or of the one that is the same everywhere."""
        return self.channel.format(id=channel_id) if channel_id else self.everywhere

    def names(self, answer: bytes) -> frozenset[str]:
        """Return the emotes' names in ``answer``; raises `ChatError` for what is no such list."""
        try:
            found = list(self.find(answer))
        except ValidationError as error:
            raise ChatError(
                f"{self.host} sent something else than a list of emotes.",
                "Its emotes are read as words until it answers as before.",
            ) from error
        return frozenset(name for name in found[:MOST_NAMES] if _is_name(name))


def _is_name(name: object) -> TypeGuard[str]:
    return isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME and len(name.split()) == 1


class _Emote(BaseModel):
    # Anything: one that has no name is passed over, not the whole list.
    name: object = None


class _Code(BaseModel):
    code: object = None


class _SevenTvSet(BaseModel):
    # Without emotes a set has no list.
    emotes: list[_Emote] | None = None


class _SevenTv(_SevenTvSet):
    # A channel's set is inside its user.
    emote_set: _SevenTvSet | None = None


class _BetterTtv(BaseModel):
    channel: list[_Code] = Field(alias="channelEmotes")
    shared: list[_Code] = Field(alias="sharedEmotes")


class _FrankerFaceZSet(BaseModel):
    emoticons: list[_Emote]


class _FrankerFaceZ(BaseModel):
    # Of the sets for everywhere only the default ones are for everybody.
    default_sets: list[int] | None = None
    sets: dict[int, _FrankerFaceZSet]


_BETTERTTV: Final[TypeAdapter[list[_Code] | _BetterTtv]] = TypeAdapter(list[_Code] | _BetterTtv)


def _seventv(answer: bytes) -> Iterable[object]:
    found = _SevenTv.model_validate_json(answer)
    return (emote.name for emote in (found.emote_set or found).emotes or ())


def _betterttv(answer: bytes) -> Iterable[object]:
    found = _BETTERTTV.validate_json(answer)
    codes = found if isinstance(found, list) else found.channel + found.shared
    return (emote.code for emote in codes)


def _frankerfacez(answer: bytes) -> Iterable[object]:
    found = _FrankerFaceZ.model_validate_json(answer)
    everybody = found.sets if found.default_sets is None else found.default_sets
    return (
        emote.name
        for number, emotes in found.sets.items()
        if number in everybody
        for emote in emotes.emoticons
    )


PROVIDERS: Final[Mapping[str, Provider]] = MappingProxyType(
    {
        provider.id: provider
        for provider in (
            Provider("7tv", "7tv.io", "/v3/emote-sets/global", "/v3/users/twitch/{id}", _seventv),
            Provider(
                "betterttv",
                "api.betterttv.net",
                "/3/cached/emotes/global",
                "/3/cached/users/twitch/{id}",
                _betterttv,
            ),
            Provider(
                "frankerfacez",
                "api.frankerfacez.com",
                "/v1/set/global",
                "/v1/room/id/{id}",
                _frankerfacez,
            ),
        )
    }
)
