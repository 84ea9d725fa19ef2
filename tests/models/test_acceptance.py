"""Agreeing to a licence once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import ModelError
from ishowtts_desktop.core.published import CATALOGUE
from ishowtts_desktop.models.acceptance import Acceptances

if TYPE_CHECKING:
    from pathlib import Path

V1, V0, VOCOS = CATALOGUE


def test_a_licence_that_was_accepted_is_accepted_for_all_that_have_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "licences.toml"
    assert not Acceptances(path).accepted(V1)
    Acceptances(path).accept(V1)
    Acceptances(path).accept(V1)
    assert Acceptances(path).accepted(V1)
    assert Acceptances(path).accepted(V0)
    other = replace(V0, licence=replace(V0.licence, id="CC-BY-4.0"))
    assert not Acceptances(path).accepted(other)


def test_a_licence_that_asks_nothing_needs_no_yes(tmp_path: Path) -> None:
    assert Acceptances(tmp_path / "none").accepted(VOCOS)


def test_another_licence_is_asked_for_again(tmp_path: Path) -> None:
    path = tmp_path / "licences.toml"
    path.write_text('[accepted]\nv1-base = "CC-BY-4.0"\n', encoding="utf-8")
    assert not Acceptances(path).accepted(V1)


@given(data=st.binary() | st.sampled_from([b"accepted = 1", b"[accepted]\nv1-base = 3\n"]))
def test_a_file_of_nonsense_means_nobody_was_asked(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("data") / "licences.toml"
    path.write_bytes(data)
    assert not Acceptances(path).accepted(V1)
    Acceptances(path).accept(V1)
    assert Acceptances(path).accepted(V1)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("data").write_text("", encoding="utf-8")
    with pytest.raises(ModelError, match="can't be written to"):
        Acceptances(tmp_path / "data" / "licences.toml").accept(V1)
