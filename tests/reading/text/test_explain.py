"""Which steps mattered, what the filter is asked, and what third parties' lists do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.messages import ChatMessage, Emote
from ishowtts_desktop.core.reading_config import Pronunciation, ReadingConfig, WordsConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.text.prepare import Explanation, Preparation, Prepared
from ishowtts_desktop.reading.text.steps import STEPS
from tests.support.lines import LINES
from tests.support.messages import chat


class Words:
    """Refuses lines with one of its words, and remembers what it was asked."""

    def __init__(self, **reasons: Reason) -> None:
        self.reasons = reasons
        self.asked: list[str] = []

    def reason_for(self, text: str) -> Reason | None:
        self.asked.append(text)
        return next((why for word, why in self.reasons.items() if word in text), None)


def explain(text: str, config: ReadingConfig | None = None, **changes: Any) -> Explanation:
    return Preparation(config or ReadingConfig()).explain(chat(text, **changes))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("hello there", ()),
        ("hello  there ", ()),
        ("ｈｉ", ("clean",)),
        ("@bob hi", ("mention",)),
        ("see https://x.com", ("links",)),
        ("nice 😀", ("emoji",)),
        ("looooool 5", ("repeats", "number")),
        ("@eve 1st 2nd GG", ("mention", "ordinal", "slang")),
        ("!song", ("commands",)),
        ("?!", ("sound",)),
        ("a" * 2001, ("length", "repeats")),
        ("ab co " * 34 + "x" + "yo ve " * 30, ("repeats",)),
        (" ".join(f"{chr(97 + n % 26)}{chr(97 + n // 26)}o" for n in range(90)), ("length",)),
    ],
)
def test_each_step_that_changed_something_is_named_once(text: str, steps: tuple[str, ...]) -> None:
    assert explain(text).steps == steps


def test_what_the_platform_marked_is_named_too() -> None:
    assert explain("Kappa hi", emotes=(Emote("1", 0, 5),)).steps == ("emotes",)
    assert explain("Cheer5 hi", bits=5).steps == ("cheers",)


def test_seconds_are_the_last_word() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(190))
    explanation = explain(text, ReadingConfig(queue_seconds=5.0))
    assert explanation.steps == ("seconds",)
    # GIVEN a short line that takes long to say WHEN it is prepared THEN it is cut as well
    numbers = explain("987654 " * 4 + "123456 " * 4, ReadingConfig(queue_seconds=5.0))
    assert numbers.steps[-1] == "seconds"
    assert isinstance(numbers.result, Prepared)
    assert numbers.result.seconds <= 5.0


@given(
    text=LINES,
    emotes=st.lists(
        st.builds(Emote, st.just("1"), st.integers(0, 9), st.integers(0, 9)), max_size=2
    ),
)
def test_to_prepare_is_to_explain_without_words(text: str, emotes: list[Emote]) -> None:
    preparation = Preparation(ReadingConfig())
    message = chat(text, emotes=tuple(emotes))
    explanation = preparation.explain(message)
    assert preparation.prepare(message) == explanation.result
    assert set(explanation.steps) <= set(STEPS)
    assert len(set(explanation.steps)) == len(explanation.steps)
    if isinstance(explanation.result, Reason):
        assert explanation.steps[-1] in ("commands", "sound", "words")


def test_a_prepared_line_knows_what_it_was() -> None:
    prepared = explain("@bob GG!! 5k").result
    assert isinstance(prepared, Prepared)
    assert (prepared.text, prepared.plain, prepared.key) == (
        "G G!! five thousand",
        "GG!! 5k",
        "gg5k",
    )


def test_the_filter_sees_the_line_and_what_is_said() -> None:
    # GIVEN a filter WHEN a line is prepared THEN it is asked before anything is lost, and each
    # time that other words may have come to be
    words = Words()
    Preparation(ReadingConfig(), word_filter=words).prepare(chat("@bob see 😀 https://x.com 5"))
    assert words.asked[:3] == ["see 😀 https://x.com 5", "see link 5", "see link five"]


@pytest.mark.parametrize("text", ["so evil", "so bad"])
def test_words_refuse_before_and_after_they_are_spoken(text: str) -> None:
    dictionary = WordsConfig(pronunciations=[Pronunciation(written="bad", spoken="evil")])
    words = Words(evil=Reason.BLOCKED_WORD)
    preparation = Preparation(ReadingConfig(), words=dictionary, word_filter=words)
    explanation = preparation.explain(chat(text))
    assert explanation.result is Reason.BLOCKED_WORD
    assert explanation.steps[-1] == "words"


def test_what_the_streamer_picked_is_read_but_for_private_words() -> None:
    words = Words(bad=Reason.BLOCKED_WORD, secret=Reason.PRIVATE_WORD)
    preparation = Preparation(ReadingConfig(), word_filter=words)
    assert preparation.prepare(chat("bad")) is Reason.BLOCKED_WORD
    assert isinstance(preparation.prepare(chat("bad"), selected=True), Prepared)
    assert preparation.prepare(chat("secret"), selected=True) is Reason.PRIVATE_WORD
    assert isinstance(preparation.prepare_own("bad"), Prepared)
    assert preparation.prepare_own("secret") is Reason.PRIVATE_WORD


def test_emotes_of_a_channels_lists_are_taken_out_by_the_same_policy() -> None:
    def names(message: ChatMessage) -> frozenset[str]:
        return frozenset({"catJAM"} if message.channel == "room" else set())

    def said(policy: str, channel: str) -> str:
        config = ReadingConfig.model_validate({"emotes": policy})
        preparation = Preparation(config, emote_names=names)
        text = "catJAM Kappa hi catJAM"
        message = chat(text, channel=channel, emotes=(Emote("1", 7, 12),))
        prepared = preparation.prepare(message)
        assert isinstance(prepared, Prepared)
        return prepared.plain

    assert said("skip", "room") == "hi"
    assert said("first", "room") == "catJAM hi"
    assert said("count", "room") == "catJAM x2 Kappa hi"
    assert said("skip", "elsewhere") == "catJAM hi catJAM"


def test_emoji_are_named_when_the_user_wants_them() -> None:
    explanation = explain("nice 👍👍", ReadingConfig(emoji="name"))
    assert isinstance(explanation.result, Prepared)
    assert explanation.result.text == "nice thumbs up"
    assert explanation.steps == ("emoji",)


def test_an_own_line_is_gone_over_until_nothing_changes() -> None:
    own = Preparation(ReadingConfig()).prepare_own(":D1+1=2")
    assert isinstance(own, Prepared)
    assert own.text == "one plus one equals two"


def test_a_shrug_has_no_sound() -> None:
    assert explain("¯\\_(ツ)_/¯").result is Reason.NOTHING_TO_SAY


def test_the_streamers_own_line_is_spoken_and_then_left() -> None:
    preparation = Preparation(ReadingConfig())
    own = preparation.prepare_own("GPU at 5 🙂 brb")
    assert isinstance(own, Prepared)
    assert own.text == "G P U at five be right back"
    again = preparation.prepare_own(own.text)
    assert isinstance(again, Prepared)
    assert again.text == own.text
