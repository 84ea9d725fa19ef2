"""One model in the model manager: what it is, how far it is, and what can be done with it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.core.messages import Phase
from ishowtts_desktop.core.sizes import readable
from ishowtts_desktop.desktop.model_manager.banner import ModelBanner
from ishowtts_desktop.desktop.model_manager.catalogue import catalogue_words
from ishowtts_desktop.desktop.model_manager.state import Stage, Wish
from ishowtts_desktop.desktop.model_manager.words import job_words, licence_words, stage_word
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.shapes import phase_pixmap

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.model_manager.events import ModelEntry
    from ishowtts_desktop.desktop.model_manager.state import Job, Trouble

WHOLE: Final = 1000
_SIGNS: Final = {"absent": None, "partial": Phase.CONNECTING, "complete": Phase.CONNECTED}
_OFFERS: Final = {
    "absent": (Wish.DOWNLOAD,),
    "partial": (Wish.DOWNLOAD, Wish.REMOVE),
    "complete": (Wish.USE, Wish.VERIFY, Wish.REMOVE),
}
_BUTTONS: Final = (Wish.USE, Wish.DOWNLOAD, Wish.CANCEL, Wish.VERIFY, Wish.REMOVE, Wish.LICENCE)


class ModelCard(QFrame):
    """Shows one model; ``asked`` tells its id and what the user wants of it."""

    asked = Signal(str, object)

    def __init__(self, entry: ModelEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self._job: Job | None = None
        self._trouble: Trouble | None = None
        self._in_use = False
        self._removing = False
        # Whether the focus is where it is only until there is something better.
        self._lent = False
        self._banner: ModelBanner | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._sign = QLabel()
        self._name = _label(bold=True)
        self._state = QLabel()
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._about = _label()
        self._facts = _label()
        self._bar = QProgressBar()
        self._progress = _label()
        self._question = _label()
        self._remove = QPushButton()
        self._keep = QPushButton()
        self._buttons = {wish: QPushButton() for wish in _BUTTONS}
        for wish, button in self._buttons.items():
            button.clicked.connect(lambda _=False, wish=wish: self._press(wish))
        for button in (*self._buttons.values(), self._remove, self._keep):
            button.setAutoDefault(True)
        self._remove.clicked.connect(self._confirm)
        self._keep.clicked.connect(self._stop_asking)
        self._lay_out()
        self._update()

    def show_model(
        self, entry: ModelEntry, job: Job | None, trouble: Trouble | None, *, in_use: bool
    ) -> None:
        """Show how the model stands."""
        # The window's focus, not the keyboard's: it may be behind another one meanwhile.
        focused = self.window().focusWidget()
        held = focused if focused is not None and self.isAncestorOf(focused) else None
        self._entry, self._job, self._in_use = entry, job, in_use
        if job is not None or entry.state == "absent":
            self._removing = False
        if trouble is not self._trouble:
            self._show_trouble(trouble)
        self._update()
        if held is not None:
            self._keep_focus(held)

    @Slot()
    def focus_first(self) -> None:
        """Put the focus on what is done next with this model."""
        again = [] if self._banner is None else [self._banner.again]
        for button in (*again, *self._buttons.values()):
            if not button.isHidden() and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                self._lent = button is self._buttons[Wish.LICENCE]
                return

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language, font or theme."""
        super().changeEvent(event)
        kinds = (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds:
            self._update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Escape as the answer to the question, where there is one."""
        if self._removing and event.key() == Qt.Key.Key_Escape:
            self._stop_asking()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        title = QHBoxLayout()
        title.addWidget(self._sign)
        title.addWidget(self._name, 1)
        title.addWidget(self._state)
        buttons = QHBoxLayout()
        for wish in _BUTTONS[:-1]:
            buttons.addWidget(self._buttons[wish])
        buttons.addStretch(1)
        buttons.addWidget(self._buttons[Wish.LICENCE])
        self._asking = QWidget()
        asking = QHBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.addWidget(self._question, 1)
        asking.addWidget(self._keep)
        asking.addWidget(self._remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        self._column.addLayout(title)
        for part in (self._about, self._facts, self._bar, self._progress, self._asking):
            self._column.addWidget(part)
        self._column.addLayout(buttons)
        order = [self._keep, self._remove, *self._buttons.values()]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _keep_focus(self, held: QWidget) -> None:
        """See to it that the focus, which was on ``held``, stays in this card."""
        lent = self._lent and held is self._buttons[Wish.LICENCE]
        if lent or not held.isVisibleTo(self) or not held.isEnabled():
            self.focus_first()

    def _show_trouble(self, trouble: Trouble | None) -> None:
        self._trouble = trouble
        if self._banner is not None:
            self._banner.hide()
            self._column.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        if trouble is not None:
            self._banner = ModelBanner(trouble)
            self._banner.closed.connect(lambda _: self._press(Wish.DISMISS))
            self._banner.again_requested.connect(self._try_again)
            self._column.insertWidget(self._column.indexOf(self._asking), self._banner)
            self._banner.come_after(self._remove)

    def _update(self) -> None:
        entry, job = self._entry, self._job
        side, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        color = self.palette().color(QPalette.ColorRole.WindowText)
        sign = _SIGNS["partial" if job is not None else entry.state]
        self._sign.setPixmap(phase_pixmap(sign, side, ratio, color))
        name = plain(entry.name, 100)
        self._name.setText(name)
        self.setAccessibleName(name)
        self._state.setText(self._state_words())
        self._about.setText(plain(catalogue_words(entry.description)))
        self._facts.setText(f"{readable(entry.bytes)} · {licence_words(entry.licence)}")
        self._show_job(job)
        self._show_question()
        self._show_buttons(name)

    def _show_job(self, job: Job | None) -> None:
        self._bar.setVisible(job is not None and job.stage is not Stage.QUEUED)
        self._progress.setVisible(job is not None)
        if job is None:
            return
        share = job.share
        self._bar.setRange(0, 0 if share is None else WHOLE)
        self._bar.setValue(0 if share is None else round(WHOLE * share))
        self._bar.setAccessibleName(self.tr("Progress"))
        words = job_words(job)
        self._progress.setText(words)
        self._bar.setAccessibleDescription(words)

    def _show_question(self) -> None:
        self._asking.setVisible(self._removing)
        if self._in_use:
            text = self.tr("Remove the model that is in use? The embedded voice speaks instead.")
        else:
            text = self.tr("Remove it? To have it again, it must be downloaded again.")
        frees = self.tr("That frees {size}.").format(size=readable(self._entry.bytes_here))
        self._question.setText(f"{text} {frees}")
        self._remove.setText(self.tr("Remove it"))
        self._remove.setAccessibleDescription(self._question.text())
        self._keep.setText(self.tr("Keep it"))
        self._keep.setAccessibleDescription(self._question.text())

    def _show_buttons(self, name: str) -> None:
        begun = self._entry.state == "partial"
        texts = {
            Wish.USE: self.tr("Use"),
            Wish.DOWNLOAD: self.tr("Continue") if begun else self.tr("Download"),
            Wish.CANCEL: self.tr("Cancel"),
            Wish.VERIFY: self.tr("Verify"),
            Wish.REMOVE: self.tr("Remove..."),
            Wish.LICENCE: self.tr("Licence"),
        }
        offers = self._offers()
        for wish, button in self._buttons.items():
            button.setText(texts[wish])
            button.setAccessibleName(f"{texts[wish].rstrip('.')}: {name}")
            button.setVisible(wish in offers)
        cancel = self._job is None or self._job.stage.can_be_cancelled
        self._buttons[Wish.CANCEL].setEnabled(cancel)

    def _offers(self) -> tuple[Wish, ...]:
        if self._removing:
            return ()
        if self._job is not None:
            return (Wish.CANCEL, Wish.LICENCE)
        offers = _OFFERS[self._entry.state]
        spare = [Wish.USE] if self._in_use or not self._entry.speaks else []
        if self._trouble is not None and self._trouble.again is not None:
            spare.append(self._trouble.again)  # its banner has that button
        return (*(wish for wish in offers if wish not in spare), Wish.LICENCE)

    def _state_words(self) -> str:
        entry = self._entry
        if self._job is not None:
            return stage_word(self._job.stage)
        if self._in_use:
            return self.tr("In use")
        if entry.state == "complete":
            return self.tr("Downloaded")
        if entry.state == "partial":
            return self.tr("{size} of it is here").format(size=readable(entry.bytes_here))
        return self.tr("Not downloaded")

    @Slot()
    def _try_again(self) -> None:
        if self._trouble is not None and self._trouble.again is not None:
            self.asked.emit(self._entry.id, self._trouble.again)

    @Slot()
    def _confirm(self) -> None:
        self._removing = False
        self.asked.emit(self._entry.id, Wish.REMOVE)

    @Slot()
    def _stop_asking(self) -> None:
        self._removing = False
        self._update()
        self._buttons[Wish.REMOVE].setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, wish: Wish) -> None:
        if wish is not Wish.REMOVE:
            self.asked.emit(self._entry.id, wish)
            return
        self._removing = True
        self._update()
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)


def _label(*, bold: bool = False) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if bold:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    return label
