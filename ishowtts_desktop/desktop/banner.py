"""Banners: what went wrong and what to do about it, without stopping anything."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.desktop.feed import Remedy
from ishowtts_desktop.desktop.shapes import Glyph, glyph_icon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ishowtts_desktop.desktop.feed import Problem

MAX_BANNERS: Final = 3
# Who is pushed out first when there are too many; what silences everything never is.
_WEIGHT: Final[Mapping[Remedy | None, int]] = MappingProxyType(
    {None: 0, Remedy.UNDO: 1, Remedy.RESTART: 2, Remedy.RESUME: 2, Remedy.RELEASE: 3}
)


class Banner(QFrame):
    """One problem with its advice, a button that closes it, and perhaps one that helps.

    What silences everything can't be closed: its one button ends it.
    """

    closed = Signal(str)
    remedy_requested = Signal(object)

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = problem.key
        self._remedy = problem.remedy
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        side = self.fontMetrics().height()
        self._sign = QLabel()
        self._message = _wrapped_label()
        font = self._message.font()
        font.setBold(True)
        self._message.setFont(font)
        self._advice = _wrapped_label()
        self._help = QPushButton()
        self._help.setAutoDefault(False)
        if problem.remedy is None:
            self._help.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._help.hide()
        self._help.clicked.connect(self._ask)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(self._tell_closed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._message)
        words.addWidget(self._advice)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(side // 2, side // 4, side // 4, side // 4)
        self._row.addWidget(self._sign)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._help)
        self._row.addWidget(self._close)
        self._show_problem(problem)
        if problem.remedy is Remedy.RELEASE:
            self._stand_out()

    def take_over(self, problem: Problem) -> bool:
        """Show a newer problem in this place, focus and all; False where it needs other buttons."""
        same = (problem.key, problem.remedy) == (self._key, self._remedy)
        if same:
            self._show_problem(problem)
        return same

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()

    def _stand_out(self) -> None:
        # Whoever overlooks it wonders for an hour why nothing is said.
        self._close.hide()
        self.setBackgroundRole(QPalette.ColorRole.Highlight)
        for label in (self._message, self._advice):
            label.setForegroundRole(QPalette.ColorRole.HighlightedText)

    def _show_problem(self, problem: Problem) -> None:
        self._calm = problem.calm
        signs = QStyle.StandardPixmap
        kind = signs.SP_MessageBoxInformation if self._calm else signs.SP_MessageBoxWarning
        side = self.fontMetrics().height()
        self._sign.setPixmap(self.style().standardIcon(kind).pixmap(side, side))
        self._message.setText(problem.message)
        self._advice.setText(problem.advice)
        self._advice.setVisible(bool(problem.advice))
        place = Qt.AlignmentFlag.AlignTop if problem.advice else Qt.AlignmentFlag.AlignVCenter
        for widget in (self._sign, self._help, self._close):
            self._row.setAlignment(widget, place)
        self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Notice") if self._calm else self.tr("Problem"))
        words = {
            Remedy.RESTART: self.tr("Restart no&w"),
            Remedy.RELEASE: self.tr("R&elease"),
            # Without a key: the button that pauses has that one.
            Remedy.RESUME: self.tr("Resume"),
            Remedy.UNDO: self.tr("&Undo"),
        }
        if self._remedy is not None:
            self._help.setText(words[self._remedy])
        self.setAccessibleDescription(self._message.text())
        side, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        self._close.setIcon(glyph_icon(Glyph.CLOSE, self.palette(), side, ratio))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))

    @property
    def weight(self) -> int:
        """How much would be lost with it: an offer of help is more than something to read."""
        return _WEIGHT[self._remedy]

    @Slot()
    def _ask(self) -> None:
        self.remedy_requested.emit(self._remedy)

    @Slot()
    def _tell_closed(self) -> None:
        self.closed.emit(self._key)


class BannerArea(QWidget):
    """The newest few problems; the same problem stands here once.

    ``dismissed`` tells the key of one that the user closed, ``remedy_requested`` the `Remedy` that
    the user wants. One that offers help isn't pushed out by one that doesn't.
    """

    dismissed = Signal(str)
    remedy_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def keys(self) -> tuple[str, ...]:
        """The problems that are shown, oldest first."""
        return tuple(self._banners)

    @Slot(object)
    def raise_problem(self, problem: Problem) -> None:
        """Show a problem, in place of an earlier one of the same key."""
        shown = self._banners.get(problem.key)
        if shown is not None and shown.take_over(problem):
            _alert(shown)
            return
        self.solve(problem.key)
        while len(self._banners) >= MAX_BANNERS:
            self.solve(min(self._banners, key=lambda key: self._banners[key].weight))
        banner = self._banners[problem.key] = Banner(problem)
        banner.closed.connect(self.dismissed)
        banner.closed.connect(self.solve)
        banner.remedy_requested.connect(self.remedy_requested)
        # What silences everything stands above the rest.
        place = 0 if problem.remedy is Remedy.RELEASE else self._column.count()
        self._column.insertWidget(place, banner)
        self.show()
        _alert(banner)

    @Slot(str)
    def solve(self, key: str) -> None:
        """Take a problem away; an unknown one is no error."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            banner.hide()
            self._column.removeWidget(banner)
            banner.deleteLater()
        self.setVisible(bool(self._banners))


def _alert(banner: Banner) -> None:
    # It takes no focus, so a screen reader would never come by.
    QAccessible.updateAccessibility(QAccessibleEvent(banner, QAccessible.Event.Alert))


def _wrapped_label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
