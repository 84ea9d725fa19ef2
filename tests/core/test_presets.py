"""Engines, presets and steps: one set of names, from the command line to the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from ishowtts_desktop.core.config import Config, SpeechConfig
from ishowtts_desktop.core.config_file import ConfigFile
from ishowtts_desktop.core.presets import GRIDS, PRESETS, lacks_grid, preset_of
from tests.support.clock import FakeClock

if TYPE_CHECKING:
    from pathlib import Path


def test_every_preset_but_the_slowest_has_an_optimised_grid() -> None:
    from ishowtts_desktop.speech.f5.schedule import EPSS

    assert [name for name, steps in PRESETS.items() if steps not in EPSS] == ["studio"]


def test_the_grids_that_the_window_knows_are_those_of_the_engine() -> None:
    from ishowtts_desktop.speech.f5.schedule import EPSS

    assert tuple(EPSS) == GRIDS
    assert [nfe for nfe in (5, 8, 12, 31, 32, 128) if lacks_grid(nfe)] == [8, 31]


def test_steps_by_number_win_over_the_preset() -> None:
    assert SpeechConfig().steps == PRESETS["fast"]
    assert SpeechConfig(preset="studio").steps == 32
    assert SpeechConfig(preset="studio", nfe=9).steps == 9
    assert (preset_of(5), preset_of(8)) == ("turbo", None)


@pytest.mark.parametrize(
    "table", [{"engine": "remote"}, {"preset": "best"}, {"nfe": 0}, {"nfe": 129}]
)
def test_what_no_engine_takes_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SpeechConfig.model_validate(table)


def test_steps_that_were_taken_back_leave_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[speech]\nnfe = 9  # slow\npreset = 'turbo'\n", encoding="utf-8")
    file = ConfigFile(path, FakeClock())
    config, problem = file.load()
    assert (problem, config.speech.steps) == (None, 9)
    config.speech = config.speech.model_copy(update={"nfe": None, "engine": "f5"})
    file.save(config)
    assert "nfe" not in path.read_text(encoding="utf-8")
    loaded, _ = ConfigFile(path, FakeClock()).load()
    assert loaded == config
    assert (loaded.speech.engine, loaded.speech.steps) == ("f5", 5)


def test_steps_survive_a_round_trip_through_a_new_file(tmp_path: Path) -> None:
    file = ConfigFile(tmp_path / "config.toml", FakeClock())
    config, _ = file.load()
    for nfe in (12, None, 3):
        config.speech.nfe = nfe
        file.save(config)
        assert file.load() == (config, None)
    assert Config.model_validate(config.model_dump()) == config
