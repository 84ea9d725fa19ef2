"""What the streamer decides about one person: mute, block, nickname, voice. Each can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.core.errors import IshowttsError
from ishowtts_desktop.desktop.mute_action import authors_of
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.reading.rules.people import fold_user

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.undo_offer import UndoOffer
    from ishowtts_desktop.reading.conductor import Conductor

_LONGEST_NAME: Final = 40


class People(QObject):
    """Listens to ``commands``. What is to be kept goes through `Commands.change_reading`.

    The last decisions can be taken back for a while: ``undo`` offers it. ``name_of`` tells by a
    login what the viewers see. ``muted_changed`` has all who are `muted` now.
    """

    muted_changed = Signal(object)

    def __init__(
        self,
        commands: Commands,
        conductor: Conductor,
        undo: UndoOffer,
        config: Config,
        name_of: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._commands = commands
        self._conductor = conductor
        self._undo = undo
        self._config = config
        self._name_of = name_of
        self._muted: dict[str, str] = {}
        commands.mute_requested.connect(self.mute)
        commands.unmute_requested.connect(self.unmute)
        commands.mute_speaking_requested.connect(self.mute_speaking)
        commands.block_requested.connect(self.block)
        commands.unblock_requested.connect(self.unblock)
        commands.nickname_requested.connect(self.give_nickname)
        commands.casting_requested.connect(self.cast_voice)

    @property
    def muted(self) -> tuple[str, ...]:
        """Who is muted now, in the order of muting."""
        return tuple(self._muted.values())

    @Slot(str)
    def mute(self, login: str) -> None:
        """Say nothing more of this author until the application ends."""
        if fold_user(login) in self._muted:
            self._tell(self.tr("{name} is muted already."), login)
            return
        self._undo.withdraw_about(_about("unmute", login))
        self._set_muted(login, muted=True)
        self._offer(
            self.tr("Muted {name}."),
            login,
            lambda: self._set_muted(login, muted=False),
            _about("mute", login),
        )

    @Slot(str)
    def unmute(self, login: str) -> None:
        """Take `mute` back."""
        known = self._muted.get(fold_user(login))
        if known is None:
            return
        self._undo.withdraw_about(_about("mute", login))
        self._set_muted(known, muted=False)
        self._offer(
            self.tr("{name} is muted no more."),
            known,
            lambda: self._set_muted(known, muted=True),
            _about("unmute", login),
        )

    @Slot()
    def mute_speaking(self) -> None:
        """Mute whoever wrote what is spoken now; told when that is nobody."""
        authors = authors_of(self._conductor.state.speaking)
        if len(authors) == 1:
            self._commands.mute(next(iter(authors)))
            return
        problem = (
            IshowttsError(
                self.tr("Several people said what is spoken now."),
                self.tr("Mute one of them from the list."),
            )
            if authors
            else IshowttsError(self.tr("Nobody's message is spoken now, so nobody was muted."))
        )
        self._undo.tell(problem)

    @Slot(str)
    def block(self, login: str) -> None:
        """Put this author on the block list; what waits of them is dropped at once."""
        if fold_user(login) in map(fold_user, self._config.rules.blocked_users):
            self._tell(self.tr("{name} is blocked already."), login)
            return
        self._undo.withdraw_about(_about("unblock", login))
        self._put_on_list([login])
        self._offer(
            self.tr("Blocked {name}."),
            login,
            lambda: self._take_off_list(login),
            _about("block", login),
        )

    @Slot(str)
    def unblock(self, login: str) -> None:
        """Take this author off the block list."""
        gone = self._take_off_list(login)
        if not gone:
            return
        self._undo.withdraw_about(_about("block", login))
        self._offer(
            self.tr("{name} is blocked no more."),
            login,
            lambda: self._put_on_list(gone),
            _about("unblock", login),
        )

    @Slot(str, str)
    def give_nickname(self, login: str, nickname: str) -> None:
        """Call this author so from now on; "" takes the nickname away."""
        before = entry_of(self._config.words.nicknames, login)
        self._name(login, nickname)
        if nickname:
            sentence = self.tr("{name} is called “{nickname}” now.")
        else:
            sentence = self.tr("{name} has no nickname now.")
        self._offer(sentence, login, lambda: self._name(login, before), nickname=nickname)

    @Slot(str, str)
    def cast_voice(self, login: str, voice_id: str) -> None:
        """Let this voice speak for the author; "" lets the other rules decide."""
        before = entry_of(self._config.casting.users, login)
        self._cast(login, voice_id)
        sentence = self.tr("{name} has a voice of their own now.")
        if not voice_id:
            sentence = self.tr("{name} has no voice of their own now.")
        self._offer(sentence, login, lambda: self._cast(login, before))

    def _set_muted(self, login: str, *, muted: bool) -> None:
        if muted:
            self._conductor.mute(login)
            self._muted[fold_user(login)] = login
        else:
            self._conductor.unmute(login)
            self._muted.pop(fold_user(login), None)
        self.muted_changed.emit(self.muted)

    def _put_on_list(self, users: list[str]) -> None:
        listed = self._config.rules.blocked_users
        known = set(map(fold_user, listed))
        self._change_rules([*listed, *(user for user in users if fold_user(user) not in known)])

    def _take_off_list(self, login: str) -> list[str]:
        """Return what was taken off: they may have stood there in several spellings."""
        listed, wanted = self._config.rules.blocked_users, fold_user(login)
        gone = [user for user in listed if fold_user(user) == wanted]
        if gone:
            self._change_rules([user for user in listed if user not in gone])
        return gone

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
        self,
        sentence: str,
        login: str,
        back: Callable[[], object],
        about: str = "",
        *,
        nickname: str = "",
    ) -> None:
        called = plain(nickname, _LONGEST_NAME)
        told = sentence.format(name=self._shown(login), nickname=called)
        self._undo.offer(told, back, about)

    def _tell(self, sentence: str, login: str) -> None:
        self._undo.tell(IshowttsError(sentence.format(name=self._shown(login))))

    def _shown(self, login: str) -> str:
        return plain(self._name_of(login), _LONGEST_NAME)


def _about(decision: str, login: str) -> str:
    return f"{decision} {fold_user(login)}"


def entry_of(entries: Mapping[str, str], login: str) -> str:
    """Return what ``entries`` has for this person, however it is spelt there; "" for nothing."""
    return next(
        (value for name, value in entries.items() if fold_user(name) == fold_user(login)), ""
    )


def with_entry(entries: Mapping[str, str], login: str, value: str) -> dict[str, str]:
    """Return ``entries`` with ``value`` for this person; "" takes the entry out."""
    kept = {name: known for name, known in entries.items() if fold_user(name) != fold_user(login)}
    return {**kept, login: value} if value else kept
