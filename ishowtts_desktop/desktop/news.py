"""What the pipeline's threads tell, on its way to the window; and the counts for ``ctl status``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from ishowtts_desktop.core.errors import IshowttsError
from ishowtts_desktop.core.messages import ChatMessage, ConnectionState, Phase, Removal
from ishowtts_desktop.core.utterances import Outcome, OutcomeState

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.assembly import Pipeline
    from ishowtts_desktop.audio.output import OutputState
    from ishowtts_desktop.core.messages import ChatEvent
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.desktop.voice_state import VoiceState
    from ishowtts_desktop.reading.conductor import ReaderState
    from ishowtts_desktop.reading.latency import LatencyMeter

OUTPUT_PROBLEM: Final = "output"
ENGINE_PROBLEM: Final = "engine"
CHAT_PROBLEM: Final = "chat"
GATE_PROBLEM: Final = "voice-gate"
CHOSEN_PROBLEM: Final = "chosen-voices"


class News:
    """Posts all that happens to ``feed``; ``voice`` answers who speaks now. From any thread."""

    def __init__(
        self, feed: ChatFeed, latency: LatencyMeter, voice: Callable[[], VoiceState]
    ) -> None:
        self._feed = feed
        self._latency = latency
        self._voice = voice
        self._connection: ConnectionState | None = None
        self._counts: Counter[OutcomeState] = Counter()
        self._engine_troubled = False

    def watch(self, pipeline: Pipeline) -> None:
        """Listen to every part of ``pipeline``."""
        pipeline.watch_events(self._take_event)
        pipeline.watch_output(self._take_output_state)
        pipeline.watch_gate_problem(lambda problem: self._take_state(problem, GATE_PROBLEM))
        pipeline.watch_chosen_problem(lambda problem: self._take_state(problem, CHOSEN_PROBLEM))
        pipeline.conductor.watch(self._take_outcome)
        pipeline.conductor.watch_state(self._feed.post_reader)
        pipeline.speaker.watch_problem(self._take_engine_problem)
        pipeline.host.watch(lambda _: self._feed.post_voice(self._voice()))

    def status(self, state: ReaderState) -> dict[str, Any]:
        """Return the part of ``ctl status`` that tells of chat and the reading."""
        connection = self._connection
        return {
            "reading": state.reading,
            "paused": state.paused,
            "panicked": state.panicked,
            "held": state.held,
            "stage": state.stage.name.lower(),
            "connection": connection.phase.value if connection else "",
            "detail": connection.detail if connection else "",
            "speaking": state.speaking.text if state.speaking else "",
            "queued": state.queued,
            "seconds_queued": round(state.seconds_queued, 2),
            "chat_to_sound_p50_ms": _milliseconds(self._latency.p50),
            "chat_to_sound_p95_ms": _milliseconds(self._latency.p95),
            **{state.value: self._counts[state] for state in OutcomeState if state.final},
        }

    def _take_event(self, event: ChatEvent) -> None:
        if isinstance(event, ChatMessage):
            self._feed.post_message(event)
        elif isinstance(event, Removal):
            self._feed.post_removal(event)
        elif isinstance(event, ConnectionState):
            self._connection = event
            self._feed.post_connection(event)
            if event.phase is Phase.FAILED:
                self._feed.post_problem(IshowttsError(event.detail), CHAT_PROBLEM)
            else:
                self._feed.post_solved(CHAT_PROBLEM)

    def _take_outcome(self, outcome: Outcome) -> None:
        self._feed.post_outcome(outcome)
        if not outcome.state.final:
            return
        self._counts[outcome.state] += 1
        if outcome.state is OutcomeState.SPOKEN:
            self._feed.post_latency(self._latency.p50, self._latency.p95)
            voice = self._voice()
            if voice.phrases is not None:
                self._feed.post_voice(voice)
            if self._engine_troubled:
                self._engine_troubled = False
                self._feed.post_solved(ENGINE_PROBLEM)

    def _take_engine_problem(self, problem: IshowttsError) -> None:
        self._engine_troubled = True
        self._feed.post_problem(problem, ENGINE_PROBLEM)

    def _take_output_state(self, state: OutputState) -> None:
        if state.ready:
            self._feed.post_solved(OUTPUT_PROBLEM)
        elif state.detail:
            self._feed.post_problem(IshowttsError(state.detail), OUTPUT_PROBLEM)

    def _take_state(self, problem: IshowttsError | None, key: str) -> None:
        if problem is None:
            self._feed.post_solved(key)
        else:
            self._feed.post_problem(problem, key)


def _milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)
