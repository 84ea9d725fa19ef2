"""No false alarms: lines of chat with blocked words hidden in innocent ones, all of them read.

Both as they were written and as they are said: "U S B" isn't "SB".
"""

from __future__ import annotations

import random
import string
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.reading_config import PrivateConfig, ReadingConfig, RulesConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.rules.words import WordFilter
from ishowtts_desktop.reading.text.prepare import Preparation
from tests.support.messages import chat

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = Path(__file__).with_name("innocent_lines.txt").read_text(encoding="utf-8").splitlines()
# As a streamer's list, only milder.
BLOCKED = [
    *("badword", "spoiler*", "hell", "damn", "crap", "ass", "arse", "tit", "butt", "sex", "nude"),
    *("idiot", "dumb", "loser", "noob", "scam", "casino", "rap", "pot", "god", "*viewbot*"),
    *("buy followers", "free skins", "剧透", "傻瓜", "代练", "外挂", "加群", "私服", "刷单"),
]
PRIVATE = PrivateConfig(words=["Ana", "李雷", "13812345678", "John Smith", "221B Baker Street"])
WORDS = WordFilter(RulesConfig(blocked_words=BLOCKED), PRIVATE)
# They are ends of USB, AMD and HTML.
INITIALS = ["sb", "md", "tm", "ps", "kk", "fag"]
# These say "oh my god", "pot eight o", and what is written with points between.
ONLY_WRITTEN = {"omg that was insane", "pot8o is how I spell it", "P.S. I liked the U.S. version"}


def test_there_are_enough_of_both() -> None:
    assert len(LINES) >= 200
    assert len(BLOCKED) == 30


def test_innocent_lines_are_read() -> None:
    assert {line: reason for line in LINES if (reason := WORDS.reason_for(line))} == {}


def test_and_so_is_what_is_said_of_them() -> None:
    rules = RulesConfig(blocked_words=[*BLOCKED, *INITIALS])
    preparation = Preparation(ReadingConfig(), word_filter=WordFilter(rules, PRIVATE))
    refused = {line: preparation.prepare(chat(line)) for line in LINES if line not in ONLY_WRITTEN}
    unwanted = (Reason.BLOCKED_WORD, Reason.PRIVATE_WORD)
    assert {line: reason for line, reason in refused.items() if reason in unwanted} == {}
    assert preparation.prepare(chat("you sb")) is Reason.BLOCKED_WORD


@pytest.mark.parametrize("word", BLOCKED)
def test_and_each_blocked_word_is_refused(word: str) -> None:
    assert WORDS.reason_for(f"so {word.strip('*')} it is") is not None


def test_a_thousand_words_are_all_found_in_lines_of_two_hundred(
    figure: Callable[[str], None],
) -> None:
    chance = random.Random(1)
    letters = [string.ascii_lowercase] * 9 + ["".join(map(chr, range(0x4E00, 0x9FA5)))]
    words = ["".join(chance.choices(letters[n % 10], k=4 + n % 5)) for n in range(1000)]
    started = time.perf_counter()
    many = WordFilter(RulesConfig(blocked_words=words), PrivateConfig())
    built = time.perf_counter() - started
    line = " ".join(line for line in LINES if line.isascii())[:190]
    assert all(many.reason_for(f"{line} {word}") for word in words[:100])
    spent = []
    for _ in range(20):
        started = time.perf_counter()
        assert many.reason_for(line) is None
        spent.append(time.perf_counter() - started)
    figure(
        f"1000 blocked words: built in {built * 1e3:.0f} ms, a line in {min(spent) * 1e6:.0f} us"
    )
