"""The page that says whose messages are read, and which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.desktop.reading_window.fields import CheckField, ChoiceField, NumberField
from ishowtts_desktop.desktop.reading_window.line_languages import LanguagesField, line_languages
from ishowtts_desktop.desktop.reading_window.page import Page

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.reading_window.desk import RuleDesk

LONGEST: float = 10_000
HOUR: float = 3600


class ReadPage(Page):
    """What is read."""

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__(desk)
        self._who = self.add_heading()
        self._role = self.add("rules", "minimum_role", ChoiceField())
        self._mentions = self.add("rules", "only_mentions", CheckField())
        self._paid = self.add("rules", "only_paid", CheckField())
        self._first = self.add("rules", "first_message", ChoiceField())
        self._bots = self.add("rules", "read_bots", CheckField())
        self._shared = self.add("reading", "read_shared_chat", CheckField())
        self._what = self.add_heading()
        self._languages = self.add("rules", "languages", LanguagesField())
        self._shortest = self.add("rules", "shortest", NumberField(0, 2000))
        self._longest = self.add("rules", "longest", NumberField(0, LONGEST, 10))
        self._cap = self.add("reading", "max_graphemes", NumberField(10, 2000, 10))
        self._commands = self.add("reading", "read_commands", CheckField())
        self._notices = self.add("reading", "say_notices", CheckField())
        self._often = self.add_heading()
        self._cooldown = self.add("rules", "user_cooldown", NumberField(0, HOUR, 1, 1))
        self._repeat = self.add("rules", "repeat_cooldown", NumberField(0, HOUR, 5, 1))
        self.retranslate()
        self.show_values()

    @property
    def title(self) -> str:
        """What the page is called in the list of pages."""
        return self.tr("What is read")

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        self._tell_who()
        self._tell_what()

    def _tell_who(self) -> None:
        self._who.setText(self.tr("Who is read"))
        self._role.tell(self.tr("Read chat from"))
        self._role.offer(
            {
                "everyone": self.tr("Everyone"),
                "subscriber": self.tr("Subscribers and above"),
                "vip": self.tr("VIPs and above"),
                "moderator": self.tr("Moderators and you"),
                "broadcaster": self.tr("Only you"),
            }
        )
        self._mentions.tell(
            self.tr("Only messages that mention you"),
            self.tr("A message without your name in it stays silent."),
        )
        self._paid.tell(
            self.tr("Only paid messages"),
            self.tr("Bits and rewards of channel points are read, nothing else."),
        )
        self._first.tell(self.tr("First message of a viewer"))
        self._first.offer(
            {
                "read": self.tr("Like any other"),
                "lift": self.tr("Say it before others"),
                "skip": self.tr("Don't say it"),
            }
        )
        self._bots.tell(self.tr("Read bots"), self.tr("Who counts as a bot is on the page People."))
        self._shared.tell(
            self.tr("Read shared chat"),
            self.tr("What viewers of another channel write while you stream together."),
        )

    def _tell_what(self) -> None:
        letters, seconds, none = self.tr("characters"), self.tr("s"), self.tr("No limit")
        self._what.setText(self.tr("Which messages"))
        self._languages.tell(
            self.tr("Languages"),
            self.tr(
                "Nothing ticked: every language is read. So is a line that is too short to tell."
            ),
        )
        self._languages.offer(line_languages())
        self._shortest.tell(self.tr("Not if shorter than"))
        self._shortest.measure(letters, none)
        self._longest.tell(self.tr("Not if longer than"))
        self._longest.measure(letters, none)
        self._cap.tell(
            self.tr("Cut off after"), self.tr("Of a longer message the beginning is said.")
        )
        self._cap.measure(letters)
        self._commands.tell(
            self.tr("Read commands"), self.tr("Lines that begin with !, which are for bots.")
        )
        self._notices.tell(
            self.tr("Say subscriptions, raids and gifts"),
            self.tr("The platform's own sentence, with what the viewer added."),
        )
        self._often.setText(self.tr("How often"))
        self._cooldown.tell(
            self.tr("One viewer at most every"), self.tr("What comes sooner isn't said.")
        )
        self._cooldown.measure(seconds, self.tr("As often as they write"))
        self._repeat.tell(
            self.tr("The same text again after"), self.tr("From the same viewer; against spam.")
        )
        self._repeat.measure(seconds, self.tr("At once"))
