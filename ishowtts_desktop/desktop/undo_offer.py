"""The way back from the last decisions: a notice offers it for a while, ``undo`` takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from ishowtts_desktop.core.errors import IshowttsError
from ishowtts_desktop.desktop.feed import Remedy

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed

UNDO_NOTICE: Final = "undo"
TOLD_NOTICE: Final = "told"
# As long as somebody who speaks to an audience may need to look at it.
OFFER_MS: Final = 30_000
MOST_OFFERS: Final = 10


@dataclass(frozen=True)
class _Offer:
    told: str
    back: Callable[[], object]
    about: str


class UndoOffer(QObject):
    """Listens to ``commands``, offers in ``feed``.

    A later decision doesn't take the way back from an earlier one: when it is taken back, the one
    before it is offered again. All of that ends ``lasting`` milliseconds after the last of it.
    """

    def __init__(self, commands: Commands, feed: ChatFeed, lasting: int = OFFER_MS) -> None:
        super().__init__()
        self._feed = feed
        self._offers: list[_Offer] = []
        self._ends = self._timer(lasting)
        self._ends.timeout.connect(self.withdraw)
        self._told_ends = self._timer(lasting)
        self._told_ends.timeout.connect(self._end_told)
        commands.undo_requested.connect(self.undo)

    @property
    def can_undo(self) -> bool:
        """Whether `undo` would take anything back."""
        return bool(self._offers)

    def offer(self, told: str, back: Callable[[], object], about: str = "") -> None:
        """Tell what was decided, and offer ``back``. ``about`` is for `withdraw_about`."""
        self._offers = [*self._offers, _Offer(told, back, about)][-MOST_OFFERS:]
        self._end_told()
        self._show()

    def tell(self, problem: IshowttsError) -> None:
        """Tell for a while that nothing was decided."""
        self._feed.post_problem(problem, TOLD_NOTICE, calm=True)
        self._told_ends.start()

    def withdraw_about(self, about: str) -> None:
        """Offer no more what was offered about this."""
        kept = [offer for offer in self._offers if offer.about != about]
        if len(kept) < len(self._offers):
            self._offers = kept
            self._show()

    @Slot()
    def undo(self) -> None:
        """Take the last decision back that is still offered."""
        if self._offers:
            last = self._offers.pop()
            last.back()
            self._show()

    @Slot()
    def withdraw(self) -> None:
        """Offer nothing."""
        self._offers.clear()
        self._show()

    def _show(self) -> None:
        if not self._offers:
            self._ends.stop()
            self._feed.post_solved(UNDO_NOTICE)
            return
        problem = IshowttsError(self._offers[-1].told)
        self._feed.post_problem(problem, UNDO_NOTICE, calm=True, remedy=Remedy.UNDO)
        self._ends.start()

    @Slot()
    def _end_told(self) -> None:
        self._told_ends.stop()
        self._feed.post_solved(TOLD_NOTICE)

    def _timer(self, lasting: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(lasting)
        return timer
