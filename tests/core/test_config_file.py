"""The configuration's file: comments kept, writes atomic, broken files kept aside."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.config_file import ConfigFile
from tests.support.clock import FakeClock

if TYPE_CHECKING:
    from pathlib import Path

WALL = 1_700_000_000.0  # 2023-11-14 22:13:20 UTC
WRITTEN_BY_HAND = """\
# my settings
future = "kept"

[speech]
speed = 1.5  # faster
colour = "blue"

[elsewhere]
key = [1, 2]
"""

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CONFIGS = st.builds(
    lambda url, recent, speed, nfe, volume, links, users, reading, words, names: (
        Config.model_validate(
            {
                "source": {"url": url, "recent": recent},
                "speech": {"speed": speed, "nfe": nfe},
                "audio": {"volume": volume},
                "reading": {"links": links, "reading": reading},
                "rules": {"blocked_users": users},
                "words": {"pronunciations": words, "nicknames": names},
            }
        )
    ),
    TEXT,
    st.lists(TEXT, max_size=20),
    st.floats(0.5, 2.0),
    st.none() | st.integers(1, 128),
    st.floats(0.0, 1.0),
    st.sampled_from(["word", "nothing"]),
    st.lists(TEXT, max_size=4),
    st.booleans(),
    st.lists(
        st.fixed_dictionaries({"written": TEXT, "spoken": TEXT, "language": TEXT}), max_size=3
    ),
    st.dictionaries(TEXT, TEXT, max_size=3),
)
SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def file_in(folder: Path) -> ConfigFile:
    return ConfigFile(folder / "config.toml", FakeClock(wall=WALL))


def test_without_a_file_the_defaults_start_and_nothing_is_wrong(tmp_path: Path) -> None:
    assert file_in(tmp_path / "new").load() == (Config(), None)


def test_only_what_changed_is_written_and_comments_and_unknown_keys_stay(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(WRITTEN_BY_HAND, encoding="utf-8")
    file = file_in(tmp_path)
    config, problem = file.load()
    assert problem is None
    assert config.speech.speed == 1.5

    config.speech.speed = 1.25
    config.audio.volume = 0.5
    file.save(config)

    written = (tmp_path / "config.toml").read_text(encoding="utf-8")
    expected = WRITTEN_BY_HAND.replace("1.5  #", "1.25  #")
    assert written.startswith(expected)
    assert written[len(expected) :].split() == ["[audio]", "volume", "=", "0.5"]


def test_an_edit_made_meanwhile_is_not_undone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[speech]\nspeed = 1.0\n[audio]\nvolume = 0.3\n", encoding="utf-8")
    file = file_in(tmp_path)
    config, _ = file.load()
    path.write_text("[speech]\nspeed = 1.9\n[audio]\nvolume = 0.3\n# new\n", encoding="utf-8")

    config.audio.volume = 0.4
    file.save(config)

    assert path.read_text(encoding="utf-8") == (
        "[speech]\nspeed = 1.9\n[audio]\nvolume = 0.4\n# new\n"
    )


def test_a_byte_order_mark_of_an_editor_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbf[audio]\nvolume = 0.1\n")

    config, problem = file_in(tmp_path).load()

    assert problem is None
    assert config.audio.volume == 0.1


def test_saving_without_a_change_writes_nothing(tmp_path: Path) -> None:
    file = file_in(tmp_path)
    config, _ = file.load()

    file.save(config)

    assert list(tmp_path.iterdir()) == []


def test_the_copy_before_is_kept_and_both_are_private(tmp_path: Path) -> None:
    file = file_in(tmp_path / "made" / "here")
    config, _ = file.load()
    for speed in (1.1, 1.2, 1.3):
        config.speech.speed = speed
        file.save(config)

    folder = tmp_path / "made" / "here"
    assert sorted(path.name for path in folder.iterdir()) == ["config.toml", "config.toml.bak"]
    assert "1.2" in (folder / "config.toml.bak").read_text(encoding="utf-8")
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_deleted_while_running_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"[audio]\nvolume = 0.1\n")
    file = file_in(tmp_path)
    config, _ = file.load()
    path.unlink()

    config.speech.speed = 1.5
    file.save(config)

    assert file_in(tmp_path).load() == (config, None)


def test_a_link_into_a_folder_of_dotfiles_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "ishow.toml"
    real.parent.mkdir()
    real.write_bytes(b"[audio]\nvolume = 0.1\n")
    (tmp_path / "config.toml").symlink_to(real)
    file = file_in(tmp_path)
    config, _ = file.load()

    config.audio.volume = 0.2
    file.save(config)

    assert (tmp_path / "config.toml").is_symlink()
    assert real.read_bytes() == b"[audio]\nvolume = 0.2\n"


@SAME_FOLDER
@given(
    st.lists(CONFIGS, min_size=1, max_size=3), st.sampled_from([b"", b"# mine", b"\xef\xbb\xbf"])
)
def test_what_was_saved_is_loaded_again(
    tmp_path: Path, configs: list[Config], before: bytes
) -> None:
    (tmp_path / "config.toml").write_bytes(before)
    file = file_in(tmp_path)
    file.load()

    for config in configs:
        file.save(config)
        assert file_in(tmp_path).load() == (config, None)


@pytest.mark.parametrize(
    "layout",
    [
        "speech.speed = 1.0\nspeech.voice = 'x'\n",
        "speech = {speed = 1.0, voice = 'x'}\n",
        "[speech]\r\nspeed = 1.0\r\n[audio]\r\n[speech.extra]\r\na = 1\r\n",
        "[audio]\nvolume = 0.1\n[speech]",
        "[elsewhere.deep]\na = 1\n[speech]\nspeed = 1.0\n[elsewhere.other]\nb = 2\n",
    ],
)
def test_every_way_to_write_a_table_takes_a_change(tmp_path: Path, layout: str) -> None:
    (tmp_path / "config.toml").write_text(layout, encoding="utf-8", newline="")
    file = file_in(tmp_path)
    config, problem = file.load()
    assert problem is None

    config.speech.speed = 1.75
    config.window.welcomed = True
    file.save(config)

    assert file_in(tmp_path).load() == (config, None)
