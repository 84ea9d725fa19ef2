"""A sentence for everything the pipeline says in one word."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ishowtts_desktop.core.messages import ConnectionState, Phase
from ishowtts_desktop.core.presets import GRIDS, lacks_grid
from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason, Stage
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.speech.hosted import HostPhase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ishowtts_desktop.desktop.voice_state import VoiceState

_CONTEXT: Final = "Sentences"

# QT_TRANSLATE_NOOP is typed as returning an object; it returns its string.

_STATES: Final[Mapping[OutcomeState, object]] = MappingProxyType(
    {
        OutcomeState.QUEUED: QT_TRANSLATE_NOOP("Sentences", "queued"),
        OutcomeState.SPEAKING: QT_TRANSLATE_NOOP("Sentences", "speaking"),
        OutcomeState.SPOKEN: QT_TRANSLATE_NOOP("Sentences", "spoken"),
        OutcomeState.REFUSED: QT_TRANSLATE_NOOP("Sentences", "not read"),
        OutcomeState.DROPPED: QT_TRANSLATE_NOOP("Sentences", "dropped"),
        OutcomeState.REMOVED: QT_TRANSLATE_NOOP("Sentences", "removed"),
    }
)

_REASONS: Final[Mapping[Reason, object]] = MappingProxyType(
    {
        Reason.NOTHING_TO_SAY: QT_TRANSLATE_NOOP("Sentences", "There is nothing in it to say."),
        Reason.COMMAND: QT_TRANSLATE_NOOP("Sentences", "It is a command for a bot."),
        Reason.BLOCKED_USER: QT_TRANSLATE_NOOP("Sentences", "The author is on the block list."),
        Reason.VOICE_CHOSEN: QT_TRANSLATE_NOOP("Sentences", "The author chose a voice."),
        Reason.BLOCKED_WORD: QT_TRANSLATE_NOOP("Sentences", "It has a blocked word in it."),
        Reason.PRIVATE_WORD: QT_TRANSLATE_NOOP("Sentences", "It has a private word in it."),
        Reason.BOT: QT_TRANSLATE_NOOP("Sentences", "The author is a bot."),
        Reason.ROLE: QT_TRANSLATE_NOOP("Sentences", "The author's role is too low."),
        Reason.NO_MENTION: QT_TRANSLATE_NOOP("Sentences", "It doesn't mention you."),
        Reason.NOT_PAID: QT_TRANSLATE_NOOP("Sentences", "It isn't paid."),
        Reason.LANGUAGE: QT_TRANSLATE_NOOP("Sentences", "Its language isn't read."),
        Reason.TOO_SHORT: QT_TRANSLATE_NOOP("Sentences", "It is too short."),
        Reason.TOO_LONG: QT_TRANSLATE_NOOP("Sentences", "It is too long."),
        Reason.FIRST_MESSAGE: QT_TRANSLATE_NOOP("Sentences", "It is the author's first message."),
        Reason.COOLDOWN: QT_TRANSLATE_NOOP("Sentences", "The author wrote a moment ago."),
        Reason.REPEATED: QT_TRANSLATE_NOOP("Sentences", "The author wrote the same before."),
        Reason.USER_SHARE: QT_TRANSLATE_NOOP("Sentences", "The author was heard a lot already."),
        Reason.PANIC: QT_TRANSLATE_NOOP("Sentences", "You silenced everything."),
        Reason.SAMPLED: QT_TRANSLATE_NOOP("Sentences", "There was too much chat to say it all."),
        Reason.NEWER: QT_TRANSLATE_NOOP("Sentences", "The author wrote something newer."),
        Reason.MUTED: QT_TRANSLATE_NOOP("Sentences", "You muted the author."),
        Reason.SHARED_CHAT: QT_TRANSLATE_NOOP("Sentences", "It comes from a shared chat."),
        Reason.NOT_READING: QT_TRANSLATE_NOOP("Sentences", "Reading is stopped."),
        Reason.EXPIRED: QT_TRANSLATE_NOOP("Sentences", "It waited too long to be fresh."),
        Reason.QUEUE_FULL: QT_TRANSLATE_NOOP("Sentences", "The queue was full."),
        Reason.OVERLOAD: QT_TRANSLATE_NOOP("Sentences", "Chat was too fast to follow."),
        Reason.SKIPPED: QT_TRANSLATE_NOOP("Sentences", "You skipped it."),
        Reason.CLEARED: QT_TRANSLATE_NOOP("Sentences", "You cleared the queue."),
        Reason.ENGINE_FAILED: QT_TRANSLATE_NOOP("Sentences", "The voice could not say it."),
        Reason.SHUTDOWN: QT_TRANSLATE_NOOP("Sentences", "The application was closing."),
        Reason.MESSAGE_DELETED: QT_TRANSLATE_NOOP("Sentences", "A moderator deleted it."),
        Reason.AUTHOR_BANNED: QT_TRANSLATE_NOOP(
            "Sentences", "A moderator timed out or banned the author."
        ),
        Reason.CHAT_CLEARED: QT_TRANSLATE_NOOP("Sentences", "A moderator cleared the chat."),
    }
)

_PHASES: Final[Mapping[Phase, object]] = MappingProxyType(
    {
        Phase.CONNECTING: QT_TRANSLATE_NOOP("Sentences", "Connecting"),
        Phase.CONNECTED: QT_TRANSLATE_NOOP("Sentences", "Connected"),
        Phase.RETRYING: QT_TRANSLATE_NOOP("Sentences", "No connection, trying again"),
        Phase.FAILED: QT_TRANSLATE_NOOP("Sentences", "Not connected"),
        Phase.CLOSED: QT_TRANSLATE_NOOP("Sentences", "Disconnected"),
    }
)

_LANES: Final[Mapping[Lane, object]] = MappingProxyType(
    {
        Lane.STREAMER: QT_TRANSLATE_NOOP("Sentences", "your own line"),
        Lane.PAID: QT_TRANSLATE_NOOP("Sentences", "paid"),
        Lane.MODERATOR: QT_TRANSLATE_NOOP("Sentences", "moderator"),
        Lane.MENTION: QT_TRANSLATE_NOOP("Sentences", "mentions you"),
        Lane.NORMAL: "",
    }
)

_STAGES: Final[Mapping[Stage, object]] = MappingProxyType(
    {
        Stage.CALM: "",
        Stage.NAMES_OFF: QT_TRANSLATE_NOOP("Sentences", "Busy: names left out"),
        Stage.FASTER: QT_TRANSLATE_NOOP("Sentences", "Busy: spoken faster"),
        Stage.MERGING: QT_TRANSLATE_NOOP("Sentences", "Very busy: repeats are merged"),
        Stage.SAMPLING: QT_TRANSLATE_NOOP("Sentences", "Very busy: a sample is read"),
    }
)

_PRESETS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "turbo": QT_TRANSLATE_NOOP("Sentences", "turbo"),
        "fast": QT_TRANSLATE_NOOP("Sentences", "fast"),
        "balanced": QT_TRANSLATE_NOOP("Sentences", "balanced"),
        "studio": QT_TRANSLATE_NOOP("Sentences", "studio"),
    }
)

_VOICES: Final[Mapping[HostPhase, object]] = MappingProxyType(
    {
        HostPhase.OFF: QT_TRANSLATE_NOOP("Sentences", "embedded voice"),
        HostPhase.LOADING: QT_TRANSLATE_NOOP("Sentences", "embedded voice, F5 is loading"),
        HostPhase.READY: QT_TRANSLATE_NOOP("Sentences", "F5 voice, {quality}"),
        HostPhase.FAILED: QT_TRANSLATE_NOOP("Sentences", "embedded voice, F5 failed"),
        HostPhase.LOST: QT_TRANSLATE_NOOP("Sentences", "embedded voice, F5 needs a restart"),
        HostPhase.CLOSED: QT_TRANSLATE_NOOP("Sentences", "embedded voice"),
    }
)


def state_word(state: OutcomeState) -> str:
    """Return the word beside a message's shape."""
    return QCoreApplication.translate(_CONTEXT, str(_STATES[state]))


def reason_sentence(reason: Reason | None) -> str:
    """Return why something was not said; empty for no reason."""
    return "" if reason is None else QCoreApplication.translate(_CONTEXT, str(_REASONS[reason]))


def lane_word(lane: Lane) -> str:
    """Return what lifts a message above the others; empty for the normal lane."""
    text = str(_LANES[lane])
    return QCoreApplication.translate(_CONTEXT, text) if text else ""


def stage_sentence(stage: Stage) -> str:
    """Return how far the reading gives way to the load; empty when it needn't."""
    text = str(_STAGES[stage])
    return QCoreApplication.translate(_CONTEXT, text) if text else ""


def phase_sentence(state: ConnectionState | None) -> str:
    """Return how the connection stands, in words; "Not connected" before the first one."""
    phase = Phase.FAILED if state is None else state.phase
    sentence = QCoreApplication.translate(_CONTEXT, str(_PHASES[phase]))
    if state is not None and state.phase is Phase.RETRYING and state.retry_in is not None:
        wait = QCoreApplication.translate(_CONTEXT, "in {seconds} s")
        return f"{sentence} {wait.format(seconds=max(1, round(state.retry_in)))}"
    return sentence


def preset_word(name: str) -> str:
    """Return the name of a preset."""
    return QCoreApplication.translate(_CONTEXT, str(_PRESETS[name]))


def voice_sentence(voice: VoiceState) -> str:
    """Return which engine speaks, and how carefully."""
    sentence = QCoreApplication.translate(_CONTEXT, str(_VOICES[voice.host.phase]))
    if voice.host.warming:
        sentence = QCoreApplication.translate(_CONTEXT, "F5 voice, {quality}, warming up")
    elif voice.host.phase is HostPhase.READY and voice.name:
        sentence = QCoreApplication.translate(_CONTEXT, "{name} by F5, {quality}")
    if voice.preset is not None:
        return sentence.format(quality=preset_word(voice.preset), name=plain(voice.name, 40))
    if lacks_grid(voice.steps):
        steps = QCoreApplication.translate(_CONTEXT, "{number} steps, not an optimised number")
    else:
        steps = QCoreApplication.translate(_CONTEXT, "{number} steps")
    quality = steps.format(number=voice.steps)
    return sentence.format(quality=quality, name=plain(voice.name, 40))


def steps_hint(voice: VoiceState) -> str:
    """Return which steps would do better than the chosen ones; empty where none would."""
    if voice.engine == "espeak" or not lacks_grid(voice.steps):
        return ""
    hint = QCoreApplication.translate(
        _CONTEXT,
        "The times of {number} steps are spread evenly. "
        "Optimised for quality are those of {numbers} steps.",
    )
    return hint.format(number=voice.steps, numbers=", ".join(map(str, GRIDS)))


def phrases_hint(voice: VoiceState) -> str:
    """Return how often a short line was there already; empty where nothing is kept."""
    stats = voice.phrases
    if stats is None or not stats.limit:
        return ""
    hint = QCoreApplication.translate(
        _CONTEXT,
        "Short lines said from the phrase cache: {hits} of {all}. It holds {used} of {limit} MB.",
    )
    used, limit = (f"{number / 1e6:.1f}" for number in (stats.bytes, stats.limit))
    return hint.format(hits=stats.hits, all=stats.hits + stats.misses, used=used, limit=limit)
