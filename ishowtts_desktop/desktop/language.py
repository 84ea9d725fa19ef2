"""The language of the window: Qt Linguist's files, read as they are, switched live."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator

from ishowtts_desktop.core.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QCoreApplication

SOURCE_LANGUAGE: Final = "en"

_log = logging.getLogger(__name__)


class TsTranslator(QTranslator):
    """Translates by a Qt Linguist source file (``.ts``), so that nothing has to be compiled."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = _read(path)

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,  # noqa: ARG002 - Qt's signature
        n: int = -1,  # noqa: ARG002 - Qt's signature
    ) -> str:
        """Return the translation; a null string makes Qt show the source text."""
        return self._texts.get((context, sourceText), None)  # type: ignore[return-value]

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Tell whether there is nothing in it."""
        return not self._texts


class Language:
    """Switches ``app`` between the languages there are files for."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []

    @staticmethod
    def available() -> tuple[str, ...]:
        """Return the languages, the source language first."""
        files = sorted(resource("i18n").glob("*.ts"))
        return (SOURCE_LANGUAGE, *(file.stem for file in files))

    def install(self, tag: str = "") -> str:
        """Switch to ``tag``, or to the system's language when empty; return which it became.

        Qt's default locale follows: what else asks for the user's language finds this one.
        """
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        chosen = _choose([tag] if tag else QLocale.system().uiLanguages(), self.available())
        QLocale.setDefault(_locale(tag, chosen))
        if chosen == SOURCE_LANGUAGE:
            return chosen
        qt = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if qt.load(f"qtbase_{chosen}", folder):
            self._add(qt)
        self._add(TsTranslator(resource("i18n", f"{chosen}.ts"), self._app))
        return chosen

    def _add(self, translator: QTranslator) -> None:
        self._app.installTranslator(translator)
        self._installed.append(translator)


def _choose(wanted: list[str], available: tuple[str, ...]) -> str:
    for tag in wanted:
        name = tag.replace("-", "_")
        for known in available:
            if known == name or known.split("_")[0] == name.split("_")[0]:
                return known
    return SOURCE_LANGUAGE


def _locale(tag: str, chosen: str) -> QLocale:
    system, locale = QLocale.system(), QLocale(chosen)
    # Who chose nothing and whose language isn't here has it all the same.
    untold = not tag and chosen == SOURCE_LANGUAGE
    return system if untold or system.language() == locale.language() else locale


def _read(path: Path) -> dict[tuple[str, str], str]:
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - a file of the application's own
    except (OSError, ET.ParseError) as error:
        _log.warning("%s can't be read: %s", path, error)
        return {}
    texts: dict[tuple[str, str], str] = {}
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.findtext("translation", "")
            if translation:
                texts[name, message.findtext("source", "")] = translation
    return texts
