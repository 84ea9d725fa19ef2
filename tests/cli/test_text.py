"""``text prepare``: any lines in, one JSON object a line out."""

from __future__ import annotations

import io
import json
import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ishowtts_desktop.cli.main import run
from ishowtts_desktop.core.utterances import Reason
from tests.support.application import COMMAND

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Prepare = Callable[..., list[dict[str, Any]]]

KEYS = {"input", "spoken", "refused", "language", "seconds", "steps"}


@pytest.fixture
def prepare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Prepare:
    """Return what feeds bytes to the verb and reads its objects, with no configuration yet."""
    monkeypatch.setenv("ISHOWTTS_HOME", str(tmp_path))

    def prepared(data: bytes | str, *arguments: str) -> list[dict[str, Any]]:
        given_bytes = data.encode() if isinstance(data, str) else data
        output = io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given_bytes)))
        monkeypatch.setattr(sys, "stdout", output)
        assert run(["text", "prepare", *arguments]) == 0
        return [json.loads(line) for line in output.getvalue().splitlines()]

    return prepared


def test_each_line_has_its_object(prepare: Prepare) -> None:
    objects = prepare("hello there\n\n看 https://x.com 哈哈哈哈哈\n!song\nno end")
    assert [set(one) for one in objects] == [KEYS] * 5
    assert [one["input"] for one in objects][:2] == ["hello there", ""]
    assert [one["spoken"] for one in objects] == [
        "hello there",
        None,
        "看 链接 哈哈哈",
        None,
        "no end",
    ]
    assert [one["refused"] for one in objects] == [None, "nothing_to_say", None, "command", None]
    assert [one["language"] for one in objects] == ["en", None, "zh", None, "en"]
    assert objects[0]["seconds"] > 0.3
    assert objects[2]["steps"] == ["links", "repeats"]


def test_an_object_brings_emotes_name_and_roles(prepare: Prepare) -> None:
    line = {
        "text": "Kappa hi",
        "emotes": [{"id": "25", "start": 0, "end": 5}],
        "name": "Bob",
        "roles": ["moderator"],
        "reply_to": "m0",
    }
    (told,) = prepare(json.dumps(line) + "\r\n")
    assert (told["input"], told["spoken"]) == ("Kappa hi", "hi")
    assert told["steps"] == ["emotes"]


def test_what_chat_parse_prints_can_be_piped_in(prepare: Prepare) -> None:
    lines = (
        '{"kind": "message", "text": "hi", "login": "bob"}\n'
        '{"kind": "removal", "scope": "all"}\n'
        '{"kind": "notice", "type": "raid", "system_text": "A raid"}\n'
    )
    assert [one["spoken"] for one in prepare(lines)] == ["hi"]


@pytest.mark.parametrize(
    "line",
    ['{"text": 1}', "{", "[1]", "12", "null", '{"kind": "x"}', "[" * 100_000, "9" * 10_000],
)
def test_json_that_is_no_message_is_a_line_like_any_other(line: str, prepare: Prepare) -> None:
    (told,) = prepare(line)
    assert told["input"] == line


@pytest.mark.parametrize(
    "field",
    [
        '"emotes": 5',
        '"emotes": [{"id": "1", "start": -7, "end": 1e9}, 3, {"id": "1", "start": 0, "end": 99}]',
        '"roles": ["king", 5]',
        '"name": {}',
        '"bits": "all"',
        '"reply_to": []',
        '"sent_at": NaN',
    ],
)
def test_values_of_the_wrong_type_count_as_absent(field: str, prepare: Prepare) -> None:
    (told,) = prepare('{"text": "hello", ' + field + "}")
    assert told["input"] == "hello"
    assert "0, " in field or told["spoken"] == "hello"


def test_the_language_can_be_told(prepare: Prepare) -> None:
    (told,) = prepare("3", "--lang", "zh")
    assert (told["spoken"], told["language"]) == ("三", "zh")
    (told,) = prepare("3", "--lang", "en")
    assert (told["spoken"], told["language"]) == ("three", "en")


def test_the_users_rules_count_unless_defaults_are_asked_for(
    prepare: Prepare, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[rules]\nblocked_words = ["spoiler"]\n', encoding="utf-8")
    (told,) = prepare("a spoiler")
    assert (told["refused"], told["spoken"]) == ("blocked_word", None)
    (told,) = prepare("a spoiler", "--defaults")
    assert told["spoken"] == "a spoiler"


def test_a_broken_configuration_is_told_and_left_where_it_is(
    prepare: Prepare, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(b"\xff[")
    (told,) = prepare("hello")
    assert told["spoken"] == "hello"
    assert "can't be understood" in capsys.readouterr().err
    assert config.read_bytes() == b"\xff["


@given(data=st.lists(st.binary(max_size=60), max_size=30).map(b"\n".join))
@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_bytes_are_taken(prepare: Prepare, data: bytes) -> None:
    objects = prepare(data, "--defaults")
    lines = data.split(b"\n")
    assert len(objects) == len(lines) - (lines[-1] == b"")
    for one in objects:
        assert (one["spoken"] is None) != (one["refused"] is None)
        assert one["refused"] is None or Reason(one["refused"])


def test_a_shell_has_its_answer_at_once_and_nothing_that_its_terminal_obeys() -> None:
    # GIVEN an escape, an override, bytes that aren't UTF-8, and a line beyond all bounds
    evil = b"\x1b[31mred\x07\x7f \xe2\x80\xae \xff\xfe \x00 \xc2\x9b2J\rx\n"
    evil += b"a" * 3_000_000 + b"\nend"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [*COMMAND, "text", "prepare", "--defaults"]
    with subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            # WHEN a line comes THEN it is answered before the next one
            process.stdin.write(b"one\n")
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 20)[0], "no answer"
            assert json.loads(process.stdout.readline())["spoken"] == "one"
            # WHEN the hostile ones come
            out, err = process.communicate(evil, timeout=20)
        finally:
            process.kill()
    # THEN there are three more objects in printable ASCII
    assert (process.returncode, err) == (0, b"")
    lines = out.decode().split("\n")
    assert len(lines) == 4
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert [json.loads(line)["spoken"] for line in lines[1:3]] == ["aaa", "end"]


@pytest.mark.parametrize("tag", ["", "english", "EN", "zh-CN", "../x"])
def test_a_language_is_a_tag(tag: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["text", "prepare", "--lang", tag])
    assert left.value.code == 2
    assert "auto" in capsys.readouterr().err
