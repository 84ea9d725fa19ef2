"""Simulated evenings, shortened: what the queue promises under load, beside a plain FIFO."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.messages import ChatMessage
from ishowtts_desktop.core.reading_config import ReadingConfig
from ishowtts_desktop.core.utterances import OutcomeState
from ishowtts_desktop.lab.evenings import traffic
from ishowtts_desktop.lab.evenings.evening import QUEUES, Record, play
from ishowtts_desktop.lab.evenings.figures import (
    figures,
    is_paid,
    said_in_rush,
    spoken_after_removal,
)
from ishowtts_desktop.lab.evenings.plot import ages_plot
from ishowtts_desktop.lab.evenings.table import evenings_tables
from ishowtts_desktop.lab.evenings.voice import EngineModel
from ishowtts_desktop.reading.latency import percentile

if TYPE_CHECKING:
    from ishowtts_desktop.lab.evenings.figures import Figures

OURS, FIFO, FIFO_TTL = QUEUES
SLOW = EngineModel(real_time_factor=0.9)
SHORT = {
    "quiet": lambda: traffic.quiet(4),
    "busy": lambda: traffic.busy(1),
    "raid": lambda: traffic.raid(12),
    "spam": lambda: traffic.spam(0.4),
    "talker": lambda: traffic.talker(2.5),
    "gifts": lambda: traffic.gifts(1),
}


@cache
def evening(name: str, queue: str = OURS, engine: EngineModel | None = None) -> Record:
    """A shortened evening; each is lived through once."""
    return play(SHORT[name](), queue, seed=1, engine=engine)


def holds_what_is_promised(record: Record) -> Figures:
    """What no evening and no engine may break."""
    row = figures(record)
    assert (row.paid_lost, row.removed_spoken, row.waiting) == (0, 0, 0), row
    assert row.removed > 0 or row.messages < 100
    # The share is one of a minute, and a rush may be shorter.
    begins, ends = record.evening.rush
    minute = min(1.0, (ends - begins) / 60.0)
    assert row.most * minute < (0.55 if row.evening == "talker" else 0.3), row
    # What is paid for waits for one utterance at most, and for what others paid for before.
    assert row.paid_behind <= 1, row
    return row


@pytest.mark.parametrize(
    ("name", "engine"), [*((name, None) for name in SHORT), ("raid", SLOW), ("gifts", SLOW)]
)
def test_nothing_paid_is_lost_and_nothing_removed_is_said(
    name: str, engine: EngineModel | None
) -> None:
    holds_what_is_promised(evening(name, OURS, engine))


def test_a_quiet_evening_loses_nothing() -> None:
    record = evening("quiet")
    assert Counter(each.state for each in record.outcomes.values()).keys() <= {
        OutcomeState.SPOKEN,
        OutcomeState.REMOVED,
    }
    assert figures(record).age_p50 < 1.0


@pytest.mark.parametrize("engine", [None, SLOW], ids=["fast", "slow"])
def test_a_raid_is_heard_while_it_is_fresh_and_without_a_pause(engine: EngineModel | None) -> None:
    row = figures(evening("raid", OURS, engine))
    assert row.age_p95 < 8.0
    assert row.busy > 0.95
    if engine is None:
        # The slow one has no time to work ahead.
        assert row.speech > 0.95
    assert row.merged > 0


def test_first_in_first_out_is_ever_later() -> None:
    begins, ends = evening("raid", FIFO).evening.rush
    said = said_in_rush(evening("raid", FIFO))
    late = [age for at, age in said if at > (begins + ends) / 2]
    assert min(late) > 0.3 * (ends - begins)
    assert figures(evening("raid", FIFO)).age_p95 > 2 * figures(evening("raid")).age_p95
    assert len(evening("raid", FIFO).outcomes) < len(evening("raid", FIFO).messages)


def test_first_in_first_out_with_a_time_to_live_is_late_all_the_time() -> None:
    record = play(traffic.busy(2.5), FIFO_TTL, seed=1)
    late = [age for at, age in said_in_rush(record) if at > 90]
    assert (percentile(late, 0.5) or 0.0) > 50


def test_one_author_can_not_fill_the_evening() -> None:
    ours, fifo = (figures(evening("spam", queue)) for queue in (OURS, FIFO))
    assert ours.most < 0.25
    assert fifo.most > 0.5
    assert ours.age_p95 < 8.0


def test_who_never_stops_writing_something_new_has_no_more_than_a_share() -> None:
    ours, fifo = (figures(evening("talker", queue)) for queue in (OURS, FIFO))
    assert ours.most < 0.55
    assert fifo.most > 0.7
    assert ours.filled > 0.95, "what nobody else needs is not silence"


def test_what_is_paid_for_is_heard_after_the_one_that_sounds() -> None:
    # GIVEN a chat that can just be followed, and some payments while the next one is being made
    record = play(replace(traffic.busy(8), rate=lambda _: 0.6, paid=0.06), OURS, seed=1)
    row = holds_what_is_promised(record)
    assert row.paid > 10
    assert row.filled > 0.8
    assert row.paid_age is not None
    longest = max(sound.end - sound.start + sound.job.gap for sound in record.sounds)
    assert row.paid_age <= longest + EngineModel().first_sound


def test_what_is_paid_for_and_held_waits_for_one_more_when_it_is_due() -> None:
    # GIVEN a hold, so that moderators win the race: what is held has no turn
    hold = 1.5
    config = Config(reading=ReadingConfig(hold_seconds=hold))
    chatty = replace(traffic.busy(8), rate=lambda _: 0.6, paid=0.06)
    record = play(chatty, OURS, seed=1, config=config)
    messages = {name: each for name, each in record.messages.items() if is_paid(each)}
    assert len(messages) > 10
    # WHEN it is reckoned from the moment when it is due
    due = {
        name: replace(each, received_at=each.received_at + hold) for name, each in messages.items()
    }
    assert figures(replace(record, messages=due)).paid_behind == 1


def test_bits_without_words_are_among_what_is_paid_for() -> None:
    found = [each.event for each in traffic.arrivals(traffic.raid(10), seed=1)]
    paid = [each for each in found if isinstance(each, ChatMessage) and each.bits]
    assert any(each.text == f"Cheer{each.bits}" for each in paid)
    assert any(" " in each.text for each in paid)


def test_what_was_paid_for_and_not_said_is_lost_however_that_came() -> None:
    record = evening("gifts")
    first, second, third, *_ = (name for name in record.messages if name.startswith("gift"))
    left = {name: each for name, each in record.outcomes.items() if name != first}
    left[second] = replace(left[second], state=OutcomeState.REFUSED)
    left[third] = replace(left[third], state=OutcomeState.REMOVED)
    before, after = figures(record), figures(replace(record, outcomes=left))
    assert (before.paid_lost, after.paid_lost) == (0, 2)
    assert figures(evening("raid", FIFO)).paid_lost > 0


def test_the_largest_share_is_that_of_the_rush() -> None:
    record = evening("raid")
    begins, ends = record.evening.rush
    sound = next(each for each in record.sounds if each.start > ends)
    endless = replace(sound, seconds=1000.0)
    more = replace(record, sounds=[*record.sounds, endless])
    assert figures(more).most == figures(record).most
    assert begins < ends < sound.start


@pytest.mark.parametrize("engine", [{"real_time_factor": 1.0}, {"first_sound": -0.1}])
def test_an_engine_that_would_stutter_is_no_model(engine: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="stutter"):
        EngineModel(**engine)


def test_every_gift_is_told_and_few_sentences_do_it() -> None:
    record = evening("gifts")
    told = [record.outcomes[name] for name in record.messages if name.startswith("gift")]
    assert {each.state for each in told} == {OutcomeState.SPOKEN}
    assert len({each.spoken for each in told}) < len(told) / 4


def test_the_same_seed_is_the_same_evening() -> None:
    first, again, other = (figures(play(traffic.busy(0.3), OURS, seed=s)) for s in (3, 3, 4))
    assert first == again
    assert first != other


def test_a_moderators_race_that_is_lost_is_seen() -> None:
    record = evening("busy")
    sound = next(each for each in record.sounds if not each.job.utterance.members)
    name = sound.job.utterance.id
    for at, told in (
        (sound.start - 0.1, [name]),
        (sound.end - 0.11, [name]),
        (sound.end - 0.09, []),
    ):
        assert spoken_after_removal(replace(record, removed_at={name: at})) == told


def test_the_tables_and_the_picture_show_each_queue() -> None:
    records = [evening("raid", queue) for queue in (OURS, FIFO)]
    for table in evenings_tables([figures(record) for record in records]).split("\n\n"):
        head, rule, *rows = table.splitlines()
        assert {len(line) for line in (head, rule, *rows)} == {len(head)}
        assert [row.split("|")[2].strip() for row in rows] == [OURS, FIFO]
    svg = ages_plot("a <raid>", {record.queue: said_in_rush(record) for record in records})
    picture = ET.fromstring(svg)
    points = sum(len(said_in_rush(record)) for record in records)
    circles = picture.findall(".//{http://www.w3.org/2000/svg}circle")
    assert len(circles) == points + len(records)
    assert ET.fromstring(ages_plot("silence", {OURS: []})) is not None


DOCUMENT = Path(__file__).parents[2] / "docs" / "queue.md"
PICTURE = DOCUMENT.parent / "pictures" / "queue-raid.svg"


def test_the_picture_in_the_documentation_is_the_raid() -> None:
    title = f"{traffic.raid().tells}: age when heard"
    assert title in (text.text for text in ET.parse(PICTURE).iter())
    assert "100 messages a second" in title
    assert f"({PICTURE.relative_to(DOCUMENT.parent).as_posix()})" in DOCUMENT.read_text("utf-8")


@pytest.mark.soak
def test_the_documentation_tells_what_a_raid_comes_to() -> None:
    records = [play(traffic.raid(), queue) for queue in QUEUES]
    said = {record.queue: said_in_rush(record) for record in records}
    assert ages_plot(f"{traffic.raid().tells}: age when heard", said) == PICTURE.read_text("utf-8")
    written = {_cells(line) for line in DOCUMENT.read_text("utf-8").splitlines()}
    told = evenings_tables([figures(record) for record in records]).splitlines()
    assert {_cells(line) for line in told if "raid" in line} <= written


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("|"))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", traffic.EVENINGS)
def test_whole_evenings_hold_what_is_promised(name: str, seed: int) -> None:
    row = holds_what_is_promised(play(traffic.EVENINGS[name](), OURS, seed=seed))
    if name == "raid":
        assert row.age_p95 < 8.0
        assert min(row.busy, row.speech) > 0.95
