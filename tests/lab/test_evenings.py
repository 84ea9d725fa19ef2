"""Simulated evenings, shortened: what the queue promises under load, beside a plain FIFO."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.utterances import OutcomeState
from ishowtts_desktop.lab.evenings import traffic
from ishowtts_desktop.lab.evenings.evening import QUEUES, Record, play
from ishowtts_desktop.lab.evenings.figures import figures, said_in_rush, spoken_after_removal
from ishowtts_desktop.lab.evenings.plot import ages_plot
from ishowtts_desktop.lab.evenings.table import evenings_table
from ishowtts_desktop.lab.evenings.voice import EngineModel
from ishowtts_desktop.reading.latency import percentile

if TYPE_CHECKING:
    from ishowtts_desktop.lab.evenings.figures import Figures

OURS, FIFO, FIFO_TTL = QUEUES
SLOW = EngineModel(real_time_factor=0.9)
SHORT = {
    "quiet": lambda: traffic.quiet(4),
    "busy": lambda: traffic.busy(1),
    "raid": lambda: traffic.raid(6),
    "spam": lambda: traffic.spam(0.4),
    "gifts": lambda: traffic.gifts(1),
}


@cache
def evening(name: str, queue: str = OURS, engine: EngineModel | None = None) -> Record:
    """A shortened evening; each is lived through once."""
    return play(SHORT[name](), queue, seed=1, engine=engine)


def holds_what_is_promised(row: Figures) -> None:
    """What no evening and no engine may break."""
    assert (row.paid_lost, row.removed_spoken, row.waiting) == (0, 0, 0), row
    assert row.removed > 0 or row.messages < 100
    assert row.most < 0.3, row


@pytest.mark.parametrize(
    ("name", "engine"), [*((name, None) for name in SHORT), ("raid", SLOW), ("gifts", SLOW)]
)
def test_nothing_paid_is_lost_and_nothing_removed_is_said(
    name: str, engine: EngineModel | None
) -> None:
    holds_what_is_promised(figures(evening(name, OURS, engine)))


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


def test_the_table_and_the_picture_show_each_queue() -> None:
    records = [evening("raid", queue) for queue in (OURS, FIFO)]
    head, rule, *rows = evenings_table([figures(record) for record in records]).splitlines()
    assert {len(line) for line in (head, rule, *rows)} == {len(head)}
    assert [row.split("|")[2].strip() for row in rows] == [OURS, FIFO]
    svg = ages_plot("a <raid>", {record.queue: said_in_rush(record) for record in records})
    picture = ET.fromstring(svg)
    points = sum(len(said_in_rush(record)) for record in records)
    circles = picture.findall(".//{http://www.w3.org/2000/svg}circle")
    assert len(circles) == points + len(records)
    assert ET.fromstring(ages_plot("silence", {OURS: []})) is not None


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", traffic.EVENINGS)
def test_whole_evenings_hold_what_is_promised(name: str, seed: int) -> None:
    row = figures(play(traffic.EVENINGS[name](), OURS, seed=seed))
    holds_what_is_promised(row)
    if name == "raid":
        assert row.age_p95 < 8.0
        assert min(row.busy, row.speech) > 0.95
