"""Cutting text by script, and making it safe."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.speech.espeak_text import clean, runs, script_of
from ishowtts_desktop.speech.espeak_voices import Speaker, known_language, languages


def cut(text: str, language: str, voice: str = "") -> list[tuple[str, str]]:
    return [(run.language, run.text) for run in runs(text, Speaker.of(language, voice))]


@pytest.mark.parametrize(
    ("text", "language", "voice", "expected"),
    [
        ("我爱 hello world 你", "zh", "", [("zh", "我爱 "), ("en", "hello world "), ("zh", "你")]),
        ("我有3个mp3", "zh", "", [("zh", "我有3个"), ("en", "mp3")]),
        ("iPhone 15 好", "zh", "", [("en", "iPhone "), ("zh", "15 好")]),
        ("666", "zh", "espeak-en", [("zh", "666")]),
        ("“你好”, he said", "en", "", [("zh", "“你好”, "), ("en", "he said")]),
        ("hello 你", "zh", "espeak-en-us+f3", [("en-us", "hello "), ("zh", "你")]),
        ("东京です", "ja", "", [("zh", "东京"), ("ja", "です")]),
        ("Київ ok", "uk", "", [("uk", "Київ "), ("en", "ok")]),
        ("cafe\u0301 là", "fr", "", [("fr", "cafe\u0301 là")]),
        ("你好", "yue", "", [("yue", "你好")]),
        ("...", "zh", "", [("zh", "...")]),
        ("", "en", "", []),
    ],
)
def test_every_stretch_goes_to_a_voice_that_can_read_it(
    text: str, language: str, voice: str, expected: list[tuple[str, str]]
) -> None:
    assert cut(text, language, voice) == expected


@given(st.text(), st.sampled_from(languages()), st.sampled_from(["", "espeak-en", "espeak-zh+f2"]))
def test_nothing_is_lost_or_moved_by_the_cutting(text: str, language: str, voice: str) -> None:
    parts = cut(text, language, voice)

    assert "".join(part for _, part in parts) == text
    assert all(tongue in languages() and part for tongue, part in parts)
    assert all(one[0] != two[0] for one, two in itertools.pairwise(parts))


@given(st.text(st.characters(), max_size=200))
def test_cleaned_text_is_as_long_and_holds_no_command(text: str) -> None:
    safe = clean(text)

    assert len(safe) == len(text)
    assert safe.encode("utf-8").count(0) == 0
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} for char in safe)
    assert not any("\u2800" <= char <= "\u28ff" for char in safe)
    assert clean(safe) == safe


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("en-US", "en-us"),
        ("en_AU", "en"),
        ("zh-Hans-CN", "zh"),
        ("cmn", "zh"),
        ("PT-br", "pt"),
        ("xx", "en"),
        ("", "en"),
        ("-", "en"),
    ],
)
def test_a_language_tag_becomes_one_that_has_a_voice(tag: str, language: str) -> None:
    assert known_language(tag) == language


@pytest.mark.parametrize(
    ("voice", "name"),
    [
        ("espeak-en+f3", "gmw/en+f3"),
        ("espeak-zh", "sit/cmn"),
        ("espeak-en+../x", "grk/el"),
        ("espeak-../../x", "grk/el"),
        ("f5-en", "grk/el"),
        ("espeak", "grk/el"),
    ],
)
def test_only_known_ids_reach_espeak(voice: str, name: str) -> None:
    speaker = Speaker.of("el", voice)

    assert speaker.espeak_name(speaker.voice_language) == name


def test_every_language_reads_its_own_script() -> None:
    for language in languages():
        speaker = Speaker.of(language, "")
        assert speaker.plain_language == language


def test_the_ranges_are_told_apart() -> None:
    scripts = [script_of(char) for char in "aЖ漢かカ가אعहไ1 ！\u0301\U0001f600"]

    names = [script.name if script else "" for script in scripts]
    assert names == [
        "LATIN", "CYRILLIC", "HAN", "KANA", "KANA", "HANGUL", "HEBREW", "ARABIC", "DEVANAGARI",
        "THAI", "", "", "", "", "",
    ]  # fmt: skip
