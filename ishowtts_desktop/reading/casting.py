"""Who speaks for whom: the first that fits of user, the viewer's choice, role, language, random.

Only voices that exist now are chosen; a rule that names another one is passed over.
"""

from __future__ import annotations

import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING

from ishowtts_desktop.core.messages import Role
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.rules.people import author_of, fold_user
from ishowtts_desktop.reading.text.mentions import strip_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.reading_config import CastingConfig
    from ishowtts_desktop.reading.chosen_voices import ChosenVoices

# Who has several roles speaks in the voice of the first.
_ROLES = (
    (Role.BROADCASTER, "broadcaster"),
    (Role.MODERATOR, "moderator"),
    (Role.VIP, "vip"),
    (Role.SUBSCRIBER, "subscriber"),
)


class Casting:
    """Chooses voices by their ids. ``voices`` tells id and display name of all that there are.

    ``memory`` keeps what viewers chose; without it they can't. Not thread-safe: the conductor asks
    under its lock.
    """

    def __init__(
        self,
        config: CastingConfig,
        voices: Callable[[], Mapping[str, str]],
        memory: ChosenVoices | None = None,
    ) -> None:
        self._voices = voices
        self._memory = memory
        self.use(config)

    def use(self, config: CastingConfig) -> None:
        """Go by ``config`` from now on. What viewers chose stays."""
        self._config = config.model_copy(deep=True)
        self._users = {fold_user(user): voice for user, voice in config.users.items()}
        self._users.pop("", None)
        self._roles = {_folded(role): voice for role, voice in config.roles.items()}
        self._languages = {_primary(tag): voice for tag, voice in config.languages.items()}
        self._command = _folded(config.command)

    @property
    def name_voice(self) -> str:
        """The voice that says names; "" for the one that says the text."""
        name = self._config.names
        return name if name and name in self._voices() else ""

    def voice_for(self, message: ChatMessage, language: str) -> str:
        """Return the voice for what ``message`` says in ``language``; "" for the chosen one."""
        voices = self._voices()
        for voice in self._wishes(message, language):
            if voice and voice in voices:
                return voice
        return self._random(message, voices)

    def command(self, message: ChatMessage) -> Reason | None:
        """Obey the viewer who chooses a voice.

        None: it isn't the command, or no voice is allowed. `Reason.VOICE_CHOSEN`: done; the command
        alone takes the choice back. `Reason.COMMAND`: no such voice, or not an allowed one.
        """
        wanted = self._wanted(message)
        author = author_of(message)
        if wanted is None or self._memory is None or not self._config.allowed:
            return None
        if not author:
            return Reason.COMMAND
        if not wanted:
            self._memory.forget(author)
            return Reason.VOICE_CHOSEN
        voices = self._voices()
        for voice in self._config.allowed:
            if voice in voices and wanted in (_folded(voice), _folded(voices[voice])):
                self._memory.choose(author, voice)
                return Reason.VOICE_CHOSEN
        return Reason.COMMAND

    def _wanted(self, message: ChatMessage) -> str | None:
        """Return the folded name after the command, or None for any other message."""
        if not self._command:
            return None
        line = _folded(strip_prefix(message.text[:500], is_reply=message.reply_to is not None))
        if not line.startswith(self._command):
            return None
        rest = line[len(self._command) :]
        return rest.strip() if not rest or rest[0] == " " else None

    def _wishes(self, message: ChatMessage, language: str) -> list[str]:
        users = (self._users.get(fold_user(name), "") for name in (message.login, message.name))
        roles = [self._roles.get("paid", "")] if message.paid else []
        roles += [self._roles.get(name, "") for role, name in _ROLES if role in message.roles]
        return [*users, self._chosen(message), *roles, self._languages.get(_primary(language), "")]

    def _chosen(self, message: ChatMessage) -> str:
        voice = self._memory.voice_of(author_of(message)) if self._memory else ""
        return voice if voice in self._config.allowed else ""

    def _random(self, message: ChatMessage, voices: Mapping[str, str]) -> str:
        """Return the author's own of the set, by rendezvous hashing.

        Each voice scores for each author, and the highest wins. So everybody keeps the voice in
        every run, and when a voice goes, only those who had it move.
        """
        there = [voice for voice in self._config.random if voice in voices]
        author = author_of(message)
        return max(there, key=lambda voice: _score(author, voice), default="") if author else ""


def _score(author: str, voice: str) -> bytes:
    data = f"{author}\0{voice}".encode("utf-8", "replace")
    return blake2b(data, digest_size=8).digest()


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _primary(tag: str) -> str:
    return tag.strip().casefold().replace("_", "-").split("-")[0]
