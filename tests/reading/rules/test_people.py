"""Who is meant by an entry of a list, and whose messages belong together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.reading.rules.people import People, author_of
from tests.support.messages import chat


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("free*", ["free", "FreeSkins", "ＦＲＥＥbies"]),
        ("*bot", ["bot", "NightBot"]),
        ("*view*er*", ["xXviewXerX", "viewer"]),
        ("bad_guy", ["Bad_Guy", "bаd_guy", "b\u200bad_guy", "@bad_guy"]),
        ("坏人", ["坏人"]),
    ],
)
def test_an_entry_means_names_in_any_case_width_and_letters(entry: str, names: list[str]) -> None:
    people = People([entry])
    for name in names:
        assert people.has(chat(login="", name=name))
        assert people.has(chat(login=name, name="Somebody"))


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        *(
            ("free*", "carefree"),
            ("*bot", "botany"),
            ("a*a", "a"),
            ("bob1", "bobi"),
            ("ab*ba", "aba"),
        ),
        *(
            ("*", "anybody"),
            ("**", "anybody"),
            ("@", "anybody"),
            ("@*", "anybody"),
            ("bob", "bo"),
            ("*er*view*", "viewer"),
        ),
    ],
)
def test_an_entry_means_nobody_else(entry: str, name: str) -> None:
    assert not People([entry]).has(chat(login=name, name=name))


@given(st.lists(st.text("ab*@", max_size=8)), st.text("ab", max_size=12))
def test_any_list_and_any_name_have_an_answer(entries: list[str], name: str) -> None:
    assert People(entries).has(chat(login=name, name=name)) in (True, False)


def test_many_stars_and_a_long_name_take_no_time() -> None:
    assert not People(["a*" * 99 + "b"]).has(chat(login="a" * 10_000, name=""))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"name": "Robert", "login": "rob"}, True),
        ({"author_id": "u2"}, False),
        ({"source": "youtube"}, False),
        ({"author_id": "0"}, False),
    ],
)
def test_an_author_is_known_by_id(other: dict[str, Any], same: bool) -> None:
    assert (author_of(chat()) == author_of(chat(**other))) is same


def test_guests_without_an_id_are_known_by_name() -> None:
    guests = [chat(author_id="0", login="", name=name) for name in ("观众甲", "观众乙")]
    assert author_of(guests[0]) != author_of(guests[1])
    assert author_of(chat(author_id="", login="", name="")) == ""
