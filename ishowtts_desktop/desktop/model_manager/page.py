"""The page with every model, the folder they are in, and what is wrong with it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.core.sizes import readable
from ishowtts_desktop.desktop.model_manager.banner import ModelBanner
from ishowtts_desktop.desktop.model_manager.card import ModelCard
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.status_bar import ElidedLabel

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.model_manager.jobs import ModelJobs
    from ishowtts_desktop.desktop.model_manager.state import Trouble


LEAST_WIDTH: Final = 26
LEAST_HEIGHT: Final = 12


class ModelPage(QWidget):
    """Shows what ``jobs`` knows. ``asked`` tells a model's id and the `Wish`.

    ``folder_requested`` wants the models' folder shown, ``choice_requested`` one chosen by hand,
    ``left`` the window closed.
    """

    asked = Signal(str, object)
    folder_requested = Signal()
    choice_requested = Signal()
    left = Signal()

    def __init__(self, jobs: ModelJobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._used = ""
        self._cards: dict[str, ModelCard] = {}
        self._banner: ModelBanner | None = None
        self._list_failed = False
        self._intro = _wrapped_label()
        self._empty = _wrapped_label()
        self._place = ElidedLabel()
        self._chosen = ElidedLabel()
        self._chosen.hide()
        self._open = QPushButton()
        self._choose = QPushButton()
        self._close = QPushButton()
        for button in (self._open, self._choose, self._close):
            button.setAutoDefault(True)
        self._open.clicked.connect(self.folder_requested)
        self._choose.clicked.connect(self.choice_requested)
        self._close.clicked.connect(self.left)
        self._lay_out()
        jobs.list.changed.connect(self._take_list)
        jobs.changed.connect(self._show_model)
        self._retranslate()

    def show_used(self, folder: str) -> None:
        """Mark the model whose files are in ``folder``; empty marks none."""
        if folder != self._used:
            self._used = folder
            for model in self._cards:
                self._show_model(model)
            self._show_chosen()

    def show_problem(self, problem: Trouble) -> None:
        """Say above the models what went wrong."""
        self._hide_banner()
        self._banner = ModelBanner(problem)
        self._banner.closed.connect(self._hide_banner)
        self._banner.again_requested.connect(self._jobs.list.refresh)
        self._top.addWidget(self._banner)
        self._banner.come_after(self._close)  # and so before the models
        self._area.verticalScrollBar().setValue(0)
        if not self._cards and problem.again is not None:
            self._banner.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_problem(self) -> None:
        """Say no more of what went wrong."""
        self._hide_banner()

    def focus_model(self, model: str = "") -> None:
        """Put the focus on what is done next with a model, the first one by default."""
        card = self._cards.get(model) or next(iter(self._cards.values()), None)
        if card is not None:
            card.focus_first()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _lay_out(self) -> None:
        inner = QWidget()
        self._top, self._models = QVBoxLayout(), QVBoxLayout()
        content = QVBoxLayout(inner)
        content.setContentsMargins(0, 0, 0, 0)
        content.addWidget(self._intro)
        content.addLayout(self._top)
        content.addWidget(self._empty)
        content.addLayout(self._models)
        content.addStretch(1)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        em = self.fontMetrics().height()
        area.setMinimumSize(LEAST_WIDTH * em, LEAST_HEIGHT * em)
        where = QHBoxLayout()
        where.addWidget(self._place, 1)
        where.addWidget(self._open)
        buttons = QHBoxLayout()
        buttons.addWidget(self._choose)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(self._chosen)
        column.addLayout(where)
        column.addLayout(buttons)

    def _retranslate(self) -> None:
        self._intro.setText(
            self.tr(
                "The cloned voice needs one of these models. It is downloaded once;"
                " after that it works without a network."
            )
        )
        self._empty.setText(self.tr("Looking for the models that are here..."))
        self._open.setText(self.tr("&Open folder"))
        self._choose.setText(self.tr("Choose a &folder by hand..."))
        self._choose.setAccessibleDescription(self.tr("For a model that you already have"))
        self._choose.setToolTip(self.tr("For a model that you already have"))
        self._close.setText(self.tr("&Close"))
        self._show_place()
        self._show_chosen()

    @Slot()
    def _take_list(self) -> None:
        known = self._jobs.list
        if known.problem is not None:
            self._list_failed = True
            self.show_problem(known.problem)
        elif self._list_failed:
            self._list_failed = False
            self._hide_banner()
        entries = known.entries
        self._empty.setVisible(not entries and known.problem is None)
        if [entry.id for entry in entries] != list(self._cards):
            self._make_cards()
        for entry in entries:
            self._show_model(entry.id)
        self._show_chosen()
        self._open.setEnabled(bool(known.cache))
        self._show_place()

    def _make_cards(self) -> None:
        had_none = not self._cards
        for card in self._cards.values():
            card.hide()
            self._models.removeWidget(card)
            card.deleteLater()
        entries = self._jobs.list.entries
        self._cards = {entry.id: ModelCard(entry) for entry in entries}
        for card in self._cards.values():
            card.asked.connect(self.asked)
            self._models.addWidget(card)
        if had_none and self.focusWidget() in (None, self._open, self._choose, self._close):
            self.focus_model()

    @Slot(str)
    def _show_model(self, model: str) -> None:
        entry, card = self._jobs.list.get(model), self._cards.get(model)
        if entry is not None and card is not None:
            used = entry.state == "complete" and is_within(self._used, entry.folder)
            job, trouble = self._jobs.job(model), self._jobs.trouble(model)
            card.show_model(entry, job, trouble, in_use=used)
            # A part comes along with what needs it: nobody has to ask for it.
            asked = job is not None or trouble is not None
            card.setVisible(entry.speaks or entry.state != "absent" or asked)

    def _show_chosen(self) -> None:
        """Say which folder is used where it is none of the models'."""
        folders = [entry.folder for entry in self._jobs.list.entries if entry.folder]
        own = bool(self._used) and not any(is_within(self._used, folder) for folder in folders)
        text = self.tr("In use: {folder}").format(folder=plain(self._used, 300))
        self._chosen.show_text(text if own else "")
        self._chosen.setVisible(own)

    def _show_place(self) -> None:
        known = self._jobs.list
        folder = plain(known.cache, 300)
        if folder and known.free_bytes is not None:
            text = self.tr("{size} free in {folder}")
            folder = text.format(folder=folder, size=readable(known.free_bytes))
        self._place.show_text(folder)

    @Slot()
    def _hide_banner(self) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._top.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None


def is_within(path: str, folder: str) -> bool:
    """Tell whether ``path`` is ``folder`` or in it, by the names alone: a disk may be slow."""
    inner, outer = PurePath(path), PurePath(folder)
    return bool(path) and (inner == outer or outer in inner.parents)


def _wrapped_label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
