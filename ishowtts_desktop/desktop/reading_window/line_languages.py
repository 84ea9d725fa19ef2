"""The languages that lines are told apart by, under names that can be read."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.checklist_field import ChecklistField
from ishowtts_desktop.desktop.voice_manager.languages import LANGUAGES
from ishowtts_desktop.reading.text.language import DETECTABLE, primary


def language_name(tag: str) -> str:
    """Return what a language is called; ``tag`` as it is where nobody knows.

    Few machines have the letters that all languages write their own names in.
    """
    plain_tag = primary(tag)
    language = QLocale(plain_tag).language()
    if plain_tag in LANGUAGES:
        name = LANGUAGES[plain_tag]
    elif language is QLocale.Language.C:
        return tag
    else:
        name = QLocale.languageToString(language)
    return name if tag == plain_tag else f"{name} ({tag})"


def line_languages() -> dict[str, str]:
    """Return the names of all languages a line may be found to be in, by their primary tags.

    Those that voices are commonly made for come first, the others in the order of their names.
    """
    names = {tag: language_name(tag) for tag in DETECTABLE}
    first = {tag: names.pop(tag) for tag in LANGUAGES if tag in names}
    return {**first, **dict(sorted(names.items(), key=lambda entry: entry[1].casefold()))}


def is_told(tag: str) -> bool:
    """Return whether lines are ever found to be in the language of a tag such as "zh-CN"."""
    return primary(tag) in DETECTABLE


class LanguagesField(ChecklistField):
    """Any number of languages."""

    def missing(self, value: str) -> str:
        """Return the name of a language that isn't offered."""
        name = plain(language_name(value), 40)
        if is_told(value):
            return name
        return self.tr("{language} (never recognised)").format(language=name)
