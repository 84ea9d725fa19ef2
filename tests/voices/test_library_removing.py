"""Removed voices come back, until the trash is emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.library import VoiceLibrary
from tests.support.clock import FakeClock
from tests.support.voices import contents, number_in, take

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400.0


@pytest.fixture
def library(tmp_path: Path) -> VoiceLibrary:
    return VoiceLibrary(tmp_path / "data" / "voices", FakeClock())


def test_a_removed_voice_comes_back_after_a_restart_too(library: VoiceLibrary) -> None:
    library.add(*take(1, "x"))
    library.add(*take(2, "y"))
    tokens = [library.remove("x"), library.remove("y")]

    assert library.voices() == ()
    again = VoiceLibrary(library.folder, FakeClock(wall=1_700_000_000.0 + DAY))
    assert again.open() == ()
    removed = again.removed()
    assert [(entry.name, entry.token) for entry in removed] == [("y", tokens[1]), ("x", tokens[0])]
    assert removed[1].at == 1_700_000_000.0
    assert again.restore(tokens[0]).id == "x"
    assert again.restore(tokens[1]).id == "y"
    assert contents(library) == {"x": ["x", 1], "y": ["y", 2]}
    assert again.removed() == ()


def test_removals_of_one_moment_are_kept_apart(library: VoiceLibrary) -> None:
    tokens = []
    for number in range(3):
        library.add(*take(number, "x"))
        tokens.append(library.remove("x"))
    assert [entry.token for entry in library.removed()] == tokens[::-1]
    assert number_in(*library.both(library.restore(tokens[1]).id)) == 1


def test_a_voice_whose_place_was_taken_comes_back_beside_it(library: VoiceLibrary) -> None:
    library.add(*take(1, "x"))
    token = library.remove("x")
    library.add(*take(2, "x"))
    assert library.restore(token).id == "x-2"
    assert contents(library) == {"x": ["x", 2], "x-2": ["x", 1]}


def test_the_trash_is_emptied_of_what_is_older_than_a_month(tmp_path: Path) -> None:
    clock = FakeClock()
    library = VoiceLibrary(tmp_path / "voices", clock)
    for number, name in enumerate(("old", "new")):
        library.add(*take(number, name))
        library.remove(name)
        clock.advance(20 * DAY)

    clock.advance(9 * DAY)
    library.open()
    assert [entry.name for entry in library.removed()] == ["new"]
    clock.advance(2 * DAY)
    library.open()
    assert library.removed() == ()
    assert list((library.folder / ".trash").iterdir()) == []


def test_what_was_removed_while_the_clock_was_not_set_is_kept(tmp_path: Path) -> None:
    # GIVEN a board without a clock of its own, before it has asked for the time
    library = VoiceLibrary(tmp_path / "voices", FakeClock(wall=60.0))
    library.add(*take(1, "x"))
    library.remove("x")

    later = VoiceLibrary(library.folder, FakeClock())
    later.open()
    assert [entry.name for entry in later.removed()] == ["x"]


@pytest.mark.parametrize("token", ["", "..", "../voices/x", "1700000000000-x", "\0", "x" * 5000])
def test_a_token_that_stands_for_nothing_is_refused(library: VoiceLibrary, token: str) -> None:
    library.add(*take(1, "x"))
    with pytest.raises(VoiceError, match="isn't there any more") as caught:
        library.restore(token)
    assert "30 days" in caught.value.advice
