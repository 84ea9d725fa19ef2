"""Language tags, as Whisper has them, and what makes it write Chinese in the right characters."""

from __future__ import annotations

import pytest

from ishowtts_desktop.voices.transcriber import code_of, prompt_for

SUPPORTED = ("de", "en", "he", "id", "ja", "jw", "no", "tl", "zh", "yue")


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("de_AT", "de"),
        ("cmn-Hans", "zh"),
        ("yue", "zh"),
        ("nb-NO", "no"),
        ("iw", "he"),
        ("fil", "tl"),
        ("jv", "jw"),
        ("", None),
        ("x", None),
        ("tlh", None),
    ],
)
def test_a_language_tag_becomes_whispers_code_or_is_heard(tag: str, code: str | None) -> None:
    assert code_of(tag, SUPPORTED) == code


def test_a_model_of_one_language_is_not_asked_for_others() -> None:
    assert code_of("zh-CN", ["en"]) is None


@pytest.mark.parametrize(
    ("tag", "code", "prompt"),
    [
        ("zh", "zh", "以下是普通话的句子。"),
        ("zh-Hans-SG", "zh", "以下是普通话的句子。"),
        ("zh-TW", "zh", "以下是國語的句子。"),
        ("zh_Hant", "zh", "以下是國語的句子。"),
        ("yue-HK", "zh", "以下是國語的句子。"),
        ("en", "en", None),
        ("twi", "en", None),
        ("", None, None),
    ],
)
def test_only_chinese_is_prompted(tag: str, code: str | None, prompt: str | None) -> None:
    assert prompt_for(tag, code) == prompt
