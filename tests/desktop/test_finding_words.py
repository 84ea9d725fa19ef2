"""Findings in the window's language: each has its sentence, and the figure goes along."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ishowtts_desktop.voices
from ishowtts_desktop.desktop.language import Language
from ishowtts_desktop.desktop.voice_manager.finding_words import (
    _ADVICE,
    _MESSAGES,
    advice_words,
    finding_words,
)
from ishowtts_desktop.voices.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    language = Language(qapp)
    language.install("zh_CN")
    yield
    language.install("en")


def codes() -> set[str]:
    """Every code that a check of a recording or a text can give."""
    found = set()
    for path in Path(ishowtts_desktop.voices.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                assert isinstance(node.args[0], ast.Constant)
                found.add(str(node.args[0].value))
    return found


def test_every_finding_has_a_sentence_and_advice() -> None:
    assert len(codes()) > 10
    assert set(_MESSAGES) == set(_ADVICE) == codes()


def test_in_english_a_finding_says_its_own_words(qapp: QApplication) -> None:
    finding = Finding("too_long", "The reference is 13.0 s long.", "Choose less.")
    assert finding_words(finding) == "The reference is 13.0 s long."
    assert advice_words(finding) == "Choose less."


def test_a_translation_keeps_the_figure(chinese: None) -> None:
    finding = Finding("too_long", "The reference is 13.0 s long.", "Choose less.")
    assert finding_words(finding) == "参考音频太长（13.0 s）。"
    assert advice_words(finding).startswith("请")
    missing = Finding("text_missing", "There is no reference text.", "Write it.")
    assert finding_words(missing) == "缺少参考文本。"


def test_a_finding_of_the_future_says_its_own_words(chinese: None) -> None:
    finding = Finding("too_blue", "It is 3 s too blue.", "Paint it.")
    assert (finding_words(finding), advice_words(finding)) == (finding.message, finding.advice)
