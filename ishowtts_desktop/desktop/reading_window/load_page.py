"""The page of what gives way when chat is faster than speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.desktop.reading_window.fields import CheckField, NumberField
from ishowtts_desktop.desktop.reading_window.page import Page
from ishowtts_desktop.desktop.reading_window.percent_field import PercentField

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.reading_window.desk import RuleDesk


class LoadPage(Page):
    """The queue, and the stages that it goes through under load."""

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__(desk)
        self._stages = self.add_heading()
        self._intro = self.add_sentence()
        self._names = self.add("load", "names_off", CheckField())
        self._faster = self.add("load", "faster", PercentField(100, 150, less=100))
        self._merge = self.add("load", "merge", CheckField())
        self._sample = self.add("load", "sample", CheckField())
        self._skipped = self.add("load", "say_skipped", CheckField())
        self._fresh = self.add("load", "fresh_seconds", NumberField(2, 60, 1, 1))
        self._share = self.add("load", "user_share", PercentField(5, 100))
        self._queue = self.add_heading()
        self._seconds = self.add("reading", "queue_seconds", NumberField(5, 600, 5, 1))
        self._life = self.add("reading", "time_to_live", NumberField(5, 3600, 5, 1))
        self._hold = self.add("reading", "hold_seconds", NumberField(0, 5, 0.5, 1))
        self._gap = self.add("reading", "gap_seconds", NumberField(0, 5, 0.05, 2))
        self.retranslate()
        self.show_values()

    @property
    def title(self) -> str:
        """What the page is called in the list of pages."""
        return self.tr("When chat is fast")

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        seconds = self.tr("s")
        self._stages.setText(self.tr("What gives way"))
        self._intro.setText(
            self.tr("When more is written than can be said, this happens, one after the other.")
        )
        self._names.tell(
            self.tr("Leave names out"), self.tr("The message alone is heard, without its author.")
        )
        self._faster.tell(
            self.tr("Speak faster by"), self.tr("The voice hurries a little until it caught up.")
        )
        self._faster.measure(self.tr("Don't"))
        self._merge.tell(
            self.tr("Say the same thing once"), self.tr('Ten GG become "10 people say GG".')
        )
        self._sample.tell(
            self.tr("Read some of many"),
            self.tr(
                "Messages that can't be said in time are left out. Paid ones and moderators"
                " are always read."
            ),
        )
        self._skipped.tell(
            self.tr("Say how many were left out"), self.tr('At most once a minute: "and 42 more".')
        )
        self._fresh.tell(
            self.tr("Fresh means"), self.tr("What waits longer makes room for newer messages.")
        )
        self._fresh.measure(seconds)
        self._share.tell(
            self.tr("One viewer gets at most"), self.tr("Of what was said in the last minute.")
        )
        self._tell_queue(seconds)

    def _tell_queue(self, seconds: str) -> None:
        self._queue.setText(self.tr("What waits"))
        self._seconds.tell(
            self.tr("Longest queue"), self.tr("In seconds of speech. A paid message always fits.")
        )
        self._seconds.measure(seconds)
        self._life.tell(self.tr("Too old after"), self.tr("What waited longer isn't said at all."))
        self._life.measure(seconds)
        self._hold.tell(
            self.tr("Wait for moderators"),
            self.tr("Nothing is said sooner, so that they can delete it first."),
        )
        self._hold.measure(seconds, self.tr("Not at all"))
        self._gap.tell(self.tr("Silence between two"), self.tr("It is shorter when chat is fast."))
        self._gap.measure(seconds)
