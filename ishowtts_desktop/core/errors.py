"""Typed errors: each says what happened, to what, and what to do next."""

from __future__ import annotations


class IshowttsError(Exception):
    """The root of all errors that the application raises on purpose.

    ``message`` says what happened and to what; ``advice`` what the user can do about it.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        """One line for a terminal or a banner."""
        return f"{self.message} {self.advice}".strip()


class ConfigError(IshowttsError):
    """The configuration can't be read or written."""


class SourceUrlError(IshowttsError):
    """A source URL that no source understands."""


class ChatError(IshowttsError):
    """A chat source failed; ``ChatHub`` turns it into a state and tries again where that helps."""


class ChannelError(ChatError):
    """The server answered, but the channel didn't."""


class CertificateError(ChatError):
    """The server's certificate isn't trusted; going on would let anyone listen."""


class EngineError(IshowttsError):
    """A speech engine could not load or speak."""


class VoiceUnfit(EngineError):  # noqa: N818 - it says what is wrong
    """This voice can't be cloned; the engine itself is well, and speaks in others."""


class EngineLost(EngineError):  # noqa: N818 - it says what happened
    """The engine's device is gone for this process; only a restart of the application helps."""


class VoiceError(IshowttsError):
    """A voice, or a recording for one, can't be read, kept or used."""


class ModelError(IshowttsError):
    """A checkpoint can't be downloaded, checked or removed."""


class AudioError(IshowttsError):
    """An output device or audio file failed."""


class SecretsError(IshowttsError):
    """The keyring refused."""


class HotkeyError(IshowttsError):
    """A global hotkey could not be had."""


class InstanceError(IshowttsError):
    """The running instance can't be reached, or there is none."""


class HistoryError(IshowttsError):
    """The history file can't be opened or written."""
