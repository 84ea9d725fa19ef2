"""The conductor's promises, whatever the chat, the moderators and the streamer do, in any order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.messages import ChatMessage, Notice, Removal, RemovalScope
from ishowtts_desktop.core.reading_config import RulesConfig
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from ishowtts_desktop.reading.notices import as_message, written_by
from tests.support.messages import chat
from tests.support.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.utterances import Utterance
    from ishowtts_desktop.reading.conductor import Job

AUTHORS = st.sampled_from(["u1", "u2", "u3"])
TEXTS = st.sampled_from(
    ["hi", "GG", "gg!", "!song", "...", "a rather long line " * 6, "你好世界" * 5]
)
KINDS = st.sampled_from(["sub", "subgift", "submysterygift", "raid", "announcement", "unraid"])
GIFTS = "Ann is gifting 5 Tier 1 Subs to Room's community!"
COMMANDS = ["start", "stop", "pause", "resume", "skip", "clear", "panic", "release"]
# Reasons that only the streamer or the end of the run can be to blame for.
COMMANDED = {
    Reason.CLEARED,
    Reason.NOT_READING,
    Reason.SKIPPED,
    Reason.MUTED,
    Reason.PANIC,
    Reason.BLOCKED_WORD,
    Reason.SHUTDOWN,
    Reason.ENGINE_FAILED,
}


class ConductorMachine(RuleBasedStateMachine):
    """Plays chat, moderator, streamer and engine, and keeps account of all of them."""

    @initialize(hold=st.sampled_from([0.0, 0.0, 1.5]))
    def begin(self, hold: float) -> None:
        self.stage = Stage(queue_seconds=10.0, time_to_live=20.0, hold_seconds=hold)
        self.conductor = self.stage.conductor
        self.entered: list[str] = []
        self.written: dict[str, ChatMessage] = {}
        self.messages: list[ChatMessage] = []
        self.removals: list[Removal] = []
        self.jobs: list[Job] = []

    def taken_back(self, message: ChatMessage | None) -> bool:
        return message is not None and any(removal.matches(message) for removal in self.removals)

    def under_way(self) -> set[str]:
        return set(self.entered) - {outcome.id for outcome in self.stage.witness.finals()}

    def flying(self) -> list[Job]:
        return [job for job in self.jobs if not job.cancel.cancelled]

    def members(self) -> Iterator[tuple[Job, Utterance]]:
        for job in self.flying():
            for member in job.utterance.all_members:
                yield job, member

    def write(self, event: ChatMessage | Notice) -> None:
        # The account of removals starts anew for what is written after them.
        self.removals = [each for each in self.removals if each.scope is RemovalScope.MESSAGE]
        self.conductor.handle(event)

    # Chat and its moderators.

    @rule(author=AUTHORS, text=TEXTS, bits=st.sampled_from([0, 0, 0, 5]))
    def chat_writes(self, author: str, text: str, bits: int) -> None:
        self.stage.clock.advance(0.01)
        name, now = f"m{len(self.entered)}", self.stage.clock.now()
        message = chat(text, id=name, author_id=author, login=author, bits=bits, received_at=now)
        self.messages.append(message)
        self.written[name] = message
        self.entered.append(name)
        self.write(message)

    @rule(author=AUTHORS, kind=KINDS, text=TEXTS)
    def platform_announces(self, author: str, kind: str, text: str) -> None:
        self.stage.clock.advance(0.01)
        name, now = f"n{len(self.entered)}", self.stage.clock.now()
        notice = Notice(name, "twitch", "room", kind, GIFTS, author, author, author.upper(), text)
        notice = replace(notice, received_at=now)
        if kind != "unraid":
            self.written[name] = as_message(notice)
            self.entered.append(name)
        self.write(notice)

    @precondition(lambda self: self.written)
    @rule(data=st.data(), scope=st.sampled_from(RemovalScope))
    def moderator_removes(self, data: st.DataObject, scope: RemovalScope) -> None:
        message = self.written[data.draw(st.sampled_from(sorted(self.written)))]
        removal = Removal(
            "twitch",
            "room",
            scope,
            target_id=message.id,
            target_author_id=message.author_id,
            received_at=self.stage.clock.now(),
        )
        self.removals.append(removal)
        self.conductor.handle(removal)
        # Nothing of what it takes back is under way any more, wherever it was.
        left = [self.written[name] for name in self.under_way() if name in self.written]
        assert not any(removal.matches(message) for message in left)

    # The streamer.

    @rule(text=TEXTS)
    def streamer_writes(self, text: str) -> None:
        self.entered.append(self.conductor.say(text))

    @precondition(lambda self: self.messages)
    @rule(data=st.data())
    def streamer_picks(self, data: st.DataObject) -> None:
        message = data.draw(st.sampled_from(self.messages))
        self.entered.append(self.conductor.say_message(message))

    @rule(user=AUTHORS)
    def streamer_mutes(self, user: str) -> None:
        self.conductor.mute(user)

    @rule(user=AUTHORS)
    def streamer_unmutes(self, user: str) -> None:
        self.conductor.unmute(user)

    @rule(name=st.sampled_from(COMMANDS))
    def streamer_commands(self, name: str) -> None:
        getattr(self.conductor, name)()

    @rule(talking=st.booleans())
    def streamer_talks(self, talking: bool) -> None:
        self.conductor.hold(talking)

    @rule(words=st.sampled_from([[], ["hi"]]))
    def streamer_blocks_a_word(self, words: list[str]) -> None:
        self.stage.use(rules=RulesConfig(blocked_words=words, repeat_cooldown=0.0))

    @precondition(lambda self: self.under_way())
    @rule(data=st.data())
    def streamer_takes_one_back(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.under_way())))
        self.conductor.unsay(name)
        assert name not in self.under_way()

    # The engine, and time.

    @rule(seconds=st.floats(0.0, 15.0))
    def time_passes(self, seconds: float) -> None:
        self.stage.clock.advance(seconds)

    @rule()
    def engine_takes(self) -> None:
        before, state = len(self.flying()), self.conductor.state
        job = self.conductor.take(0.0)
        if job is None:
            return
        assert before < 2
        assert not any((state.paused, state.held, state.panicked))
        assert job.segments
        self.jobs.append(job)
        if job.utterance.id.startswith("summary-"):
            self.entered.append(job.utterance.id)

    @precondition(lambda self: self.jobs)
    @rule(data=st.data(), end=st.sampled_from(["said", "said", "failed", "unheard"]))
    def engine_ends(self, data: st.DataObject, end: str) -> None:
        job = self.jobs.pop(data.draw(st.integers(0, len(self.jobs) - 1)))
        whole = not job.cancel.cancelled
        heard = Played(whole, 0.0, 1.0, self.stage.clock.now())
        played = Played(complete=whole) if end == "unheard" else heard
        self.conductor.done(job, played, end == "failed")

    # What always holds.

    @invariant()
    def every_message_has_one_final_outcome_or_is_under_way(self) -> None:
        finals = Counter(outcome.id for outcome in self.stage.witness.finals())
        state = self.conductor.state
        speaking = len(state.speaking.all_members) if state.speaking else 0
        assert all(times == 1 for times in finals.values())
        told = {outcome.id for outcome in self.stage.witness.outcomes}
        assert told <= set(self.entered) | {each for each in told if each.startswith("summary-")}
        entered = len(set(self.entered) | told)
        assert len(finals) + state.queued + speaking == entered

    @invariant()
    def nothing_that_was_removed_is_said(self) -> None:
        for _, member in self.members():
            assert not self.taken_back(written_by(member))

    @invariant()
    def what_is_cancelled_is_hushed_and_what_is_not_is_not(self) -> None:
        for job in self.jobs:
            assert job.cancel.cancelled == (job.tag in self.stage.stopped)
        tags = [job.tag for job in self.jobs]
        assert len(set(tags)) == len(tags)

    @invariant()
    def the_first_of_two_is_what_is_said(self) -> None:
        speaking, flying = self.conductor.state.speaking, self.flying()
        assert (speaking is None) == (not flying)
        assert speaking is None or speaking in [job.utterance for job in flying]
        state = self.conductor.state
        assert len(flying) <= (1 if state.paused or state.held else 2)
        assert not (flying and state.panicked)

    @invariant()
    def what_was_said_had_begun(self) -> None:
        states: dict[str, list[OutcomeState]] = {}
        for outcome in self.stage.witness.outcomes:
            states.setdefault(outcome.id, []).append(outcome.state)
        for told in states.values():
            if told[-1] is OutcomeState.SPOKEN:
                assert OutcomeState.SPEAKING in told
            assert not any(state.final for state in told[:-1])

    @invariant()
    def paid_is_never_lost_but_by_command_or_removal(self) -> None:
        for outcome in self.stage.witness.finals():
            message = outcome.message or (as_message(outcome.notice) if outcome.notice else None)
            if message and message.paid and outcome.state is OutcomeState.DROPPED:
                # That a line has no sound is the engine's verdict. A word that its author added to
                # a notice is left out of it.
                allowed = COMMANDED | {Reason.NOTHING_TO_SAY}
                assert outcome.reason in allowed - (
                    {Reason.BLOCKED_WORD} if outcome.notice else set()
                )
            if message and message.bits and outcome.state is OutcomeState.REFUSED:
                assert outcome.reason not in (Reason.NOTHING_TO_SAY, Reason.COMMAND)

    def teardown(self) -> None:
        if not hasattr(self, "conductor"):
            return
        self.conductor.close()
        finals = Counter(outcome.id for outcome in self.stage.witness.finals())
        entered = set(self.entered) | {name for name in finals if name.startswith("summary-")}
        assert finals == Counter(entered)


class TestConductorMachine(ConductorMachine.TestCase):  # type: ignore[misc, name-defined]
    """As long as the tests have time for."""

    settings = settings(max_examples=50, stateful_step_count=40, deadline=None)


@pytest.mark.soak
class TestConductorMachineForLong(ConductorMachine.TestCase):  # type: ignore[misc, name-defined]
    """The same with many more steps."""

    settings = settings(max_examples=500, stateful_step_count=80, deadline=None)
