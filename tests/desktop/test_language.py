"""Languages: complete, read from Linguist's own files, switched while the window is open."""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLineEdit, QPushButton

import ishowtts_desktop.desktop
from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.resources import resource
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.feed import ChatFeed
from ishowtts_desktop.desktop.language import Language, TsTranslator
from ishowtts_desktop.desktop.main_window import MainWindow
from ishowtts_desktop.desktop.sentences import reason_sentence
from ishowtts_desktop.desktop.tray import Tray
from ishowtts_desktop.desktop.voice_manager.languages import nearest_language
from tests.support.strings import translatable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SOURCE = Path(ishowtts_desktop.desktop.__path__[0])


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    language = Language(qapp)
    yield language
    language.install("en")


def translations(path: Path) -> dict[tuple[str, str], str]:
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = message.findtext("translation", "")
    return found


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_has_every_string_and_no_other() -> None:
    files = list(resource("i18n").glob("*.ts"))
    assert [file.stem for file in files] == ["zh_CN"]
    for file in files:
        found = translations(file)
        assert set(found) == set(translatable(SOURCE))
        assert all(found.values())


def test_translations_keep_the_fields_and_the_mnemonics() -> None:
    for (_, source), text in translations(resource("i18n", "zh_CN.ts")).items():
        assert fields(text) == fields(source), source
        keys = [part[0].lower() for part in source.split("&")[1:]]
        assert [part[0].lower() for part in text.split("&")[1:]] == keys, source


def test_the_language_is_switched_while_the_window_is_open(
    qtbot: QtBot, language: Language
) -> None:
    feed, commands = ChatFeed(), Commands()
    window = MainWindow(feed, commands, Config(), lambda: False)
    tray = Tray(feed, commands)
    qtbot.addWidget(window, before_close_func=lambda window: window.leave())
    window.show()

    def texts() -> set[str]:
        buttons = {button.text() for button in window.findChildren(QPushButton)}
        lines = {line.placeholderText() for line in window.findChildren(QLineEdit)}
        return buttons | lines | {action.text() for action in tray.menu.actions()}

    english = texts()
    assert language.install("zh_CN") == "zh_CN"
    qtbot.waitUntil(lambda: "说出(&A)" in texts())
    assert texts() & english == {""}
    assert reason_sentence(Reason.MUTED) == "你临时静默了作者。"
    assert language.install("en") == "en"
    qtbot.waitUntil(lambda: texts() == english)
    tray.close()


@pytest.mark.parametrize(
    ("tag", "chosen"), [("zh-CN", "zh_CN"), ("zh_TW", "zh_CN"), ("de", "en"), ("xx", "en")]
)
def test_the_nearest_language_is_taken(language: Language, tag: str, chosen: str) -> None:
    assert language.install(tag) == chosen


def test_a_language_file_that_is_spoilt_leaves_the_source_language(
    qapp: QApplication, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.ts"
    broken.write_bytes(b"<TS><context>")
    assert TsTranslator(broken).isEmpty()
    assert TsTranslator(tmp_path / "absent.ts").isEmpty()


def test_the_window_s_language_is_the_default_of_all_else_and_back_again(
    language: Language,
) -> None:
    # GIVEN a system without a language of its own, WHEN the window's is chosen
    language.install("zh_CN")
    # THEN what is made then is in that language
    assert nearest_language(QLocale().name()) == "zh"
    language.install("en")
    assert QLocale().language() is QLocale.Language.English
    language.install("")
    assert QLocale() == QLocale.system()
