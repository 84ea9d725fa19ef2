"""What the streamer decides about one person: mute, block, nickname, voice. Each can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from ishowtts_desktop.core.errors import IshowttsError
from ishowtts_desktop.desktop.feed import Remedy
from ishowtts_desktop.desktop.mute_action import authors_of
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.reading.rules.people import fold_user

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.reading.conductor import Conductor

UNDO_NOTICE: Final = "undo"
# As long as somebody who speaks to an audience may need to look at it.
OFFER_MS: Final = 30_000
_LONGEST_NAME: Final = 40


class People(QObject):
    """Listens to ``commands``. What is to be kept goes through `Commands.change_reading`.

    The last decision can be taken back for a while: a notice in ``feed`` offers it. ``name_of``
    tells by a login what the viewers see.
    """

    def __init__(
        self,
        commands: Commands,
        conductor: Conductor,
        feed: ChatFeed,
        config: Config,
        name_of: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._commands = commands
        self._conductor = conductor
        self._feed = feed
        self._config = config
        self._name_of = name_of
        self._muted: dict[str, str] = {}
        self._back: Callable[[], None] | None = None
        self._about = ""
        self._offer_ends = QTimer(self)
        self._offer_ends.setSingleShot(True)
        self._offer_ends.setInterval(OFFER_MS)
        self._offer_ends.timeout.connect(self._withdraw)
        commands.mute_requested.connect(self.mute)
        commands.unmute_requested.connect(self.unmute)
        commands.mute_speaking_requested.connect(self.mute_speaking)
        commands.block_requested.connect(self.block)
        commands.unblock_requested.connect(self.unblock)
        commands.nickname_requested.connect(self.give_nickname)
        commands.casting_requested.connect(self.cast_voice)
        commands.undo_requested.connect(self.undo)

    @property
    def muted(self) -> tuple[str, ...]:
        """Who is muted now, in the order of muting."""
        return tuple(self._muted.values())

    @Slot(str)
    def mute(self, login: str) -> None:
        """Say nothing more of this author until the application ends."""
        self._conductor.mute(login)
        self._muted[fold_user(login)] = login
        self._offer(self.tr("Muted {name}."), login, lambda: self._commands.unmute(login))

    @Slot(str)
    def unmute(self, login: str) -> None:
        """Take `mute` back."""
        self._conductor.unmute(login)
        self._muted.pop(fold_user(login), None)
        self._withdraw_for(login)

    @Slot()
    def mute_speaking(self) -> None:
        """Mute whoever wrote what is spoken now; told when that is nobody."""
        authors = authors_of(self._conductor.state.speaking)
        if len(authors) == 1:
            self._commands.mute(next(iter(authors)))
            return
        self._back = None
        problem = (
            IshowttsError(
                self.tr("Several people said what is spoken now."),
                self.tr("Mute one of them from the list."),
            )
            if authors
            else IshowttsError(self.tr("Nobody's message is spoken now, so nobody was muted."))
        )
        self._feed.post_problem(problem, UNDO_NOTICE, calm=True)
        self._offer_ends.start()

    @Slot(str)
    def block(self, login: str) -> None:
        """Put this author on the block list; what waits of them is dropped at once."""
        rules = self._config.rules
        if fold_user(login) not in map(fold_user, rules.blocked_users):
            self._change_rules([*rules.blocked_users, login])
        self._offer(self.tr("Blocked {name}."), login, lambda: self._commands.unblock(login))

    @Slot(str)
    def unblock(self, login: str) -> None:
        """Take this author off the block list."""
        kept = [
            name for name in self._config.rules.blocked_users if fold_user(name) != fold_user(login)
        ]
        if len(kept) < len(self._config.rules.blocked_users):
            self._change_rules(kept)
        self._withdraw_for(login)

    @Slot(str, str)
    def give_nickname(self, login: str, nickname: str) -> None:
        """Call this author so from now on; "" takes the nickname away."""
        before = entry_of(self._config.words.nicknames, login)
        self._name(login, nickname)
        if nickname:
            sentence = self.tr("{name} is called “{nickname}” now.")
        else:
            sentence = self.tr("{name} has no nickname now.")
        self._offer(sentence, login, lambda: self._name(login, before), nickname)

    @Slot(str, str)
    def cast_voice(self, login: str, voice_id: str) -> None:
        """Let this voice speak for the author; "" lets the other rules decide."""
        before = entry_of(self._config.casting.users, login)
        self._cast(login, voice_id)
        sentence = self.tr("{name} has a voice of their own now.")
        if not voice_id:
            sentence = self.tr("{name} has no voice of their own now.")
        self._offer(sentence, login, lambda: self._cast(login, before))

    @Slot()
    def undo(self) -> None:
        """Take the last decision back, if that is still offered."""
        back = self._back
        if back is not None:
            self._withdraw()
            back()

    def _change_rules(self, blocked_users: list[str]) -> None:
        rules = self._config.rules.model_copy(update={"blocked_users": blocked_users})
        self._commands.change_reading({"rules": rules})

    def _name(self, login: str, nickname: str) -> None:
        words = self._config.words
        nicknames = with_entry(words.nicknames, login, nickname)
        self._commands.change_reading({"words": words.model_copy(update={"nicknames": nicknames})})

    def _cast(self, login: str, voice_id: str) -> None:
        casting = self._config.casting
        users = with_entry(casting.users, login, voice_id)
        self._commands.change_reading({"casting": casting.model_copy(update={"users": users})})

    def _offer(
        self, sentence: str, login: str, back: Callable[[], None], nickname: str = ""
    ) -> None:
        self._back, self._about = back, fold_user(login)
        called = plain(nickname, _LONGEST_NAME)
        name = plain(self._name_of(login), _LONGEST_NAME)
        told = sentence.format(name=name, nickname=called)
        self._feed.post_problem(IshowttsError(told), UNDO_NOTICE, calm=True, remedy=Remedy.UNDO)
        self._offer_ends.start()

    def _withdraw_for(self, login: str) -> None:
        if self._back is not None and self._about == fold_user(login):
            self._withdraw()

    @Slot()
    def _withdraw(self) -> None:
        self._back = None
        self._offer_ends.stop()
        self._feed.post_solved(UNDO_NOTICE)


def entry_of(entries: Mapping[str, str], login: str) -> str:
    """Return what ``entries`` has for this person, however it is spelt there; "" for nothing."""
    return next(
        (value for name, value in entries.items() if fold_user(name) == fold_user(login)), ""
    )


def with_entry(entries: Mapping[str, str], login: str, value: str) -> dict[str, str]:
    """Return ``entries`` with ``value`` for this person; "" takes the entry out."""
    kept = {name: known for name, known in entries.items() if fold_user(name) != fold_user(login)}
    return {**kept, login: value} if value else kept
