"""Whatever is written, by whomever: what comes out can be said, or has a reason why not."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.messages import ChatMessage, Emote, Role
from ishowtts_desktop.core.reading_config import ReadingConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.desktop.sentences import reason_sentence
from ishowtts_desktop.reading.preview import Preview
from ishowtts_desktop.reading.text.duration import seconds_of
from ishowtts_desktop.reading.text.prepare import Explanation, Preparation, Prepared
from ishowtts_desktop.reading.text.steps import STEPS
from tests.support.lines import HOSTILE, LINES, huge
from tests.support.messages import chat

# What the written-to-spoken rules look for, so that they meet halves and heaps of it.
PIECES = st.sampled_from(
    [
        *("666", "233", "gg", "yyds", "LOL", "GPU", "草", "WHAT", "getReady", "snake_case"),
        *(
            "$1,234.50",
            "¥",
            "€",
            "5k",
            "万",
            "块",
            "%",
            "-",
            "+",
            "=",
            "#",
            "&",
            "/",
            ":",
            ".",
            ",",
        ),
        *("14:30", "3pm", "2026-11-20", "11月", "年", "第", "个", "两", "v1.2.3", "1080p", "km/h"),
        *("°C", "1st", "1/2", "2-0", "10~20", "00", "13800138000", "9" * 40, "½", "①", "٣", "𝟙"),
        *(" ", "\u3000", "\n", "\x1b[31m", "\u202e", "\u200b", "\u200d", "\ufe0f", "\u0301\u0301"),
        *(
            "哈",
            "の",
            "ㅋ",
            "я",
            "é",
            "😀",
            "👩\u200d👧",
            "🇦",
            "1\ufe0f\u20e3",
            "\ud800",
            "\U000e0041",
        ),
        *(
            "@bob ",
            "!",
            "https://a.com",
            "<b>",
            "[[",
            "]]",
            "{name}",
            "{",
            "\\",
            "'",
            '"',
            "a",
            "1",
        ),
    ]
)
BEGINNINGS = st.sampled_from(["", "", "", "!go ", "@bob "])
TEXTS = st.one_of(
    LINES, st.tuples(BEGINNINGS, st.lists(PIECES, max_size=25).map("".join)).map("".join)
)
MESSAGES = st.builds(
    chat,
    text=TEXTS,
    name=TEXTS,
    login=LINES,
    roles=st.frozensets(st.sampled_from(Role)),
    emotes=st.lists(
        st.builds(Emote, st.just("1"), st.integers(-5, 80), st.integers(-5, 80)), max_size=4
    ).map(tuple),
    bits=st.sampled_from([0, 1, 100]),
    reply_to=st.none() | st.just("m0"),
    action=st.booleans(),
)
CONFIGS = st.builds(
    ReadingConfig,
    emotes=st.sampled_from(["skip", "first", "count"]),
    emoji=st.sampled_from(["skip", "name"]),
    links=st.sampled_from(["word", "nothing"]),
    max_graphemes=st.sampled_from([10, 200, 2000]),
    queue_seconds=st.sampled_from([5.0, 45.0]),
).map(lambda reading: Config(reading=reading))
LANGUAGES = st.sampled_from(["auto", "auto", "zh", "en", "ja", "fr"])
# Nothing that can be said grows more than this: "9" is "nine", a percent sign seven letters.
MOST_LETTERS_A_GRAPHEME = 30
DEFAULT = Preview(Config())
PREPARATION = Preparation(ReadingConfig())
UNSEEN = regex.compile(r"\p{C}")


@given(message=MESSAGES, config=CONFIGS, language=LANGUAGES)
def test_what_comes_out_can_be_said_or_has_a_reason(
    message: ChatMessage, config: Config, language: str
) -> None:
    preview = Preview(config, language)
    explanation = preview.of(message)
    result = explanation.result
    if isinstance(result, Reason):
        assert reason_sentence(result)
        assert explanation.steps, "a refusal names the step that refused"
        return
    assert_sayable(result, config.reading)
    assert_told(explanation)


def assert_sayable(prepared: Prepared, reading: ReadingConfig) -> None:
    """Nothing unseen, something to hear, and no more than there is room for."""
    assert not UNSEEN.search(prepared.text)
    assert prepared.text == " ".join(prepared.text.split())
    assert regex.search(r"[\p{L}\p{N}]", prepared.text)
    assert len(regex.findall(r"\X", prepared.plain)) <= reading.max_graphemes
    assert seconds_of(prepared.text) <= reading.queue_seconds
    assert 0 < prepared.seconds <= reading.queue_seconds
    assert len(prepared.text) <= MOST_LETTERS_A_GRAPHEME * reading.max_graphemes
    assert not regex.search(r"\p{M}{5}", prepared.text)
    assert regex.fullmatch("[a-z]{2,3}", prepared.language)


def assert_told(explanation: Explanation) -> None:
    """Each step once, and only steps that there are."""
    assert len(set(explanation.steps)) == len(explanation.steps)
    assert set(explanation.steps) <= set(STEPS)


@given(text=TEXTS)
def test_the_same_line_is_said_the_same_each_time(text: str) -> None:
    assert DEFAULT.of(chat(text)) == DEFAULT.of(chat(text))


@given(text=TEXTS)
def test_what_was_prepared_is_left_as_it_is_when_it_is_prepared_again(text: str) -> None:
    once = PREPARATION.prepare_own(text)
    if isinstance(once, Prepared):
        again = PREPARATION.prepare_own(once.text)
        assert isinstance(again, Prepared)
        assert again.text == once.text


@given(name=TEXTS, text=TEXTS)
def test_no_name_brings_in_what_no_line_may(name: str, text: str) -> None:
    called = PREPARATION.called(chat(name=name))
    assert not UNSEEN.search(called)
    assert len(called) <= 400
    result = PREPARATION.prepare(chat(text, name=name))
    if isinstance(result, Prepared):
        introduced = PREPARATION.introduce(chat(text, name=name), result.text, result.language)
        assert result.text in introduced
        assert not UNSEEN.search(introduced)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason: Reason) -> None:
    sentence = reason_sentence(reason)
    assert sentence.endswith(".")
    assert unicodedata.category(sentence[0]) == "Lu"


HEAPS = {
    **HOSTILE,
    **{
        unit: unit
        for unit in (
            *("1,", "1.", "1:", "1/", "1-", "1 ", "$1", "¥1", "1%", "v1.", "1e", "+1", "1=", "第1"),
            *(
                "1万",
                "1月",
                "1点",
                "2个",
                "aA",
                "a_",
                "GG",
                "GG ",
                "666 ",
                "yyds",
                "1080p ",
                "#1",
                "°C",
            ),
            *("5k", "1st ", "1/2 ", "14:30 ", "13800138000 ", "九", "1九", "a1", "1a"),
        )
    },
}


@pytest.mark.parametrize("unit", HEAPS)
def test_a_hundred_thousand_characters_of_it_are_no_more_than_a_line(unit: str) -> None:
    # GIVEN a line far beyond what is looked at, THEN more of it changes nothing: no step looks on.
    line = huge(HEAPS[unit])
    explanation = DEFAULT.of(chat(line))
    if isinstance(explanation.result, Prepared):
        assert_sayable(explanation.result, ReadingConfig())
    shorter = DEFAULT.of(chat(line[: len(line) // 2]))
    assert shorter.result == explanation.result
