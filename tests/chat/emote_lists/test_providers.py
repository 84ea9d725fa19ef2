"""The lists of three services, in the shapes that their documentation shows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.chat.emote_lists.providers import MOST_NAMES, PROVIDERS
from ishowtts_desktop.core.errors import ChatError

SEVENTV_USER = {
    "id": "81020302",
    "platform": "TWITCH",
    "emote_set": {"id": "x", "emotes": [{"id": "1", "name": "peepoHey", "data": {"flags": 0}}]},
}
BETTERTTV_USER = {
    "id": "57b1e8",
    "bots": ["nightbot"],
    "channelEmotes": [{"id": "1", "code": "catJAM", "imageType": "gif"}],
    "sharedEmotes": [{"id": "2", "code": "HYPERS", "user": {"name": "to_ot"}}],
}
FRANKERFACEZ_GLOBAL = {
    "default_sets": [3],
    "sets": {
        "3": {"emoticons": [{"id": 9, "name": "ZreknarF"}]},
        "4": {"emoticons": [{"id": 10, "name": "ForSomeOnly"}]},
    },
    "users": {},
}


def names(provider: str, answer: Any) -> set[str]:
    return set(PROVIDERS[provider].names(json.dumps(answer).encode()))


@pytest.mark.parametrize(
    ("provider", "answer", "found"),
    [
        ("7tv", SEVENTV_USER, {"peepoHey"}),
        ("7tv", {"name": "Global", "emotes": [{"name": "EZ"}, {"name": "Clap"}]}, {"EZ", "Clap"}),
        ("7tv", {"emote_set": None}, set()),
        ("7tv", {"emote_set": {"emotes": None}}, set()),
        ("betterttv", BETTERTTV_USER, {"catJAM", "HYPERS"}),
        ("betterttv", [{"id": "1", "code": ":tf:"}], {":tf:"}),
        ("frankerfacez", FRANKERFACEZ_GLOBAL, {"ZreknarF"}),
        ("frankerfacez", {"room": {}, "sets": {"7": {"emoticons": [{"name": "A"}]}}}, {"A"}),
        ("betterttv", [{"code": None}, {}, {"code": 5}, {"code": "A"}], {"A"}),
        ("betterttv", [{"code": ""}, {"code": "a b"}, {"code": "x" * 101}], set()),
    ],
)
def test_the_names_are_found(provider: str, answer: Any, found: set[str]) -> None:
    assert names(provider, answer) == found


def test_a_list_without_end_is_cut() -> None:
    answer = [{"code": f"e{number}"} for number in range(MOST_NAMES + 5)]
    assert len(names("betterttv", answer)) == MOST_NAMES


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["emotes", "emote_set", "sets", "name", "code", "default_sets"]),
            inner,
            max_size=3,
        )
    ),
)


@given(
    provider=st.sampled_from(sorted(PROVIDERS)),
    answer=st.binary(max_size=40) | JSON.map(lambda shape: json.dumps(shape).encode()),
)
def test_whatever_is_sent_is_a_list_or_a_clear_error(provider: str, answer: bytes) -> None:
    try:
        found = PROVIDERS[provider].names(answer)
    except ChatError:
        return
    assert all(name and " " not in name for name in found)


def test_a_channel_has_its_own_path() -> None:
    for provider in PROVIDERS.values():
        assert provider.path("81020302").endswith("81020302")
        assert provider.path("") == provider.everywhere
