"""The conductor's promises, whatever the chat, the moderators and the streamer do, in any order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.messages import ChatMessage, Removal, RemovalScope
from ishowtts_desktop.core.reading_config import ReadingConfig, RulesConfig
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from ishowtts_desktop.reading.conductor import Conductor, Job
from ishowtts_desktop.reading.queue import SpeechQueue
from ishowtts_desktop.reading.rules import Rules
from ishowtts_desktop.reading.text.prepare import Preparation
from tests.support.clock import FakeClock
from tests.support.fakes import Witness
from tests.support.messages import chat

if TYPE_CHECKING:
    from ishowtts_desktop.core.utterances import Outcome

AUTHORS = st.sampled_from(["u1", "u2", "u3"])
TEXTS = st.sampled_from(["hi", "!song", "...", "a rather long line " * 6, "你好世界" * 5])
# Reasons that only the streamer or the end of the run can be to blame for.
COMMANDED = {
    Reason.CLEARED,
    Reason.NOT_READING,
    Reason.SKIPPED,
    Reason.MUTED,
    Reason.SHUTDOWN,
    Reason.ENGINE_FAILED,
}


class ConductorMachine(RuleBasedStateMachine):
    """Plays chat, moderator, streamer and engine, and keeps account of all of them."""

    def __init__(self) -> None:
        super().__init__()
        config = ReadingConfig(queue_seconds=10.0)
        self.clock = FakeClock()
        self.witness = Witness()
        self.conductor = Conductor(
            self.clock,
            Rules(RulesConfig()),
            Preparation(config),
            SpeechQueue(config.queue_seconds),
            self.hush,
            time_to_live=20.0,
        )
        self.conductor.watch(self.witness.hear)
        self.entered: list[str] = []
        self.messages: list[ChatMessage] = []
        self.removals: list[Removal] = []
        self.hushed: list[str] = []
        self.job: Job | None = None

    def hush(self, name: str) -> None:
        self.hushed.append(name)

    def taken_back(self, outcome: Outcome) -> bool:
        message = outcome.message
        return message is not None and any(removal.matches(message) for removal in self.removals)

    @rule(author=AUTHORS, text=TEXTS, bits=st.sampled_from([0, 0, 0, 5]))
    def chat_writes(self, author: str, text: str, bits: int) -> None:
        self.clock.advance(0.01)
        name = f"m{len(self.messages)}"
        now = self.clock.now()
        message = chat(text, id=name, author_id=author, login=author, bits=bits, received_at=now)
        # The account of removals starts anew for what is written after them.
        self.removals = [each for each in self.removals if each.scope is RemovalScope.MESSAGE]
        self.messages.append(message)
        self.entered.append(name)
        self.conductor.handle(message)

    @rule(text=TEXTS)
    def streamer_writes(self, text: str) -> None:
        self.entered.append(self.conductor.say(text))

    @precondition(lambda self: self.messages)
    @rule(data=st.data())
    def streamer_picks(self, data: st.DataObject) -> None:
        message = data.draw(st.sampled_from(self.messages))
        self.entered.append(self.conductor.say_message(message))

    @precondition(lambda self: self.messages)
    @rule(data=st.data(), scope=st.sampled_from(RemovalScope))
    def moderator_removes(self, data: st.DataObject, scope: RemovalScope) -> None:
        message = data.draw(st.sampled_from(self.messages))
        removal = Removal(
            "twitch",
            "room",
            scope,
            target_id=message.id,
            target_author_id=message.author_id,
            received_at=self.clock.now(),
        )
        self.removals.append(removal)
        speaking = self.conductor.state.speaking
        self.conductor.handle(removal)
        if speaking and speaking.message and removal.matches(speaking.message):
            assert self.hushed[-1] == speaking.id
            assert self.job is not None
            assert self.job.cancel.cancelled

    @rule(user=AUTHORS)
    def streamer_mutes(self, user: str) -> None:
        self.conductor.mute(user)

    @rule(user=AUTHORS)
    def streamer_unmutes(self, user: str) -> None:
        self.conductor.unmute(user)

    @rule(name=st.sampled_from(["start", "stop", "pause", "resume", "skip", "clear"]))
    def streamer_commands(self, name: str) -> None:
        getattr(self.conductor, name)()

    @rule(seconds=st.floats(0.0, 15.0))
    def time_passes(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @precondition(lambda self: self.job is None)
    @rule()
    def engine_takes(self) -> None:
        paused = self.conductor.state.paused
        self.job = self.conductor.take(0.0)
        if self.job is not None:
            assert not paused
            assert not self.taken_back(self.witness.outcomes[-1])

    @precondition(lambda self: self.job is not None)
    @rule(failed=st.booleans())
    def engine_ends(self, failed: bool) -> None:
        assert self.job is not None
        played = Played(not self.job.cancel.cancelled, 0.0, 1.0, self.clock.now())
        self.conductor.done(self.job, played, failed)
        if self.job.cancel.cancelled or failed:
            name = self.job.utterance.id
            assert self.witness.final_of(name).state is not OutcomeState.SPOKEN
        self.job = None

    @invariant()
    def every_message_has_one_final_outcome_or_is_under_way(self) -> None:
        finals = Counter(outcome.id for outcome in self.witness.finals())
        state = self.conductor.state
        under_way = state.queued + (state.speaking is not None)
        assert all(times == 1 for times in finals.values())
        assert len(finals) + under_way == len(self.entered)
        assert set(finals) <= set(self.entered)

    @invariant()
    def paid_is_never_lost_but_by_command_or_removal(self) -> None:
        for outcome in self.witness.finals():
            if outcome.message and outcome.message.paid and outcome.state is OutcomeState.DROPPED:
                assert outcome.reason in COMMANDED

    def teardown(self) -> None:
        self.conductor.close()
        finals = Counter(outcome.id for outcome in self.witness.finals())
        assert finals == Counter(self.entered)


TestConductorMachine = ConductorMachine.TestCase
