"""Who speaks: one voice, several, or one for each role. One that is gone is shown as missing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QWidget

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.checklist_field import ChecklistField
from ishowtts_desktop.desktop.reading_window.fields import ChoiceField, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class VoiceField(ChoiceField):
    """One voice, or none in particular."""

    def __init__(self) -> None:
        super().__init__(foreign=True)

    def show_voices(self, voices: Mapping[str, str], none: str) -> None:
        """Offer these by their ids, after ``none``."""
        self.offer({"": none, **voices})

    def missing(self, value: str) -> str:
        """Return the name of a voice that is gone."""
        return self.tr("{voice} (missing)").format(voice=plain(value, 60))


class VoicesField(ChecklistField):
    """Any number of voices."""

    def missing(self, value: str) -> str:
        """Return the name of a voice that is gone."""
        return self.tr("{voice} (missing)").format(voice=plain(value, 60))


class RolesField(Field):
    """A voice for each of the ``roles``, or none in particular."""

    has_caption = False

    def __init__(self, roles: Iterable[str]) -> None:
        inner = QWidget()
        super().__init__(inner)
        self._value: dict[str, str] = {}
        self._boxes = {role: VoiceField() for role in roles}
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for role, box in self._boxes.items():
            form.addRow(box.caption, box)
            box.edited.connect(partial(self._take, role))

    def tell_roles(self, names: Mapping[str, str]) -> None:
        """Call the roles so."""
        for role, box in self._boxes.items():
            box.tell(names[role])

    def show_voices(self, voices: Mapping[str, str], none: str) -> None:
        """Offer these by their ids, after ``none``."""
        for box in self._boxes.values():
            box.show_voices(voices, none)

    def show_value(self, value: dict[str, str]) -> None:
        """Show who speaks for whom."""
        self._value = dict(value)
        for role, box in self._boxes.items():
            box.show_value(value.get(role, ""))

    def _take(self, role: str, voice: str, joins: bool) -> None:
        others = {known: other for known, other in self._value.items() if known != role}
        self._value = {**others, role: voice} if voice else others
        self.edited.emit(self._value, joins)
