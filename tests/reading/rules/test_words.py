"""Blocked and private words, however they are written, and nothing but them."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.reading_config import PrivateConfig, RulesConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.rules.words import WordFilter


def refused(
    text: str, *blocked: str, allowed: tuple[str, ...] = (), private: tuple[str, ...] = ()
) -> Reason | None:
    rules = RulesConfig(blocked_words=list(blocked), allowed_words=list(allowed))
    return WordFilter(rules, PrivateConfig(words=list(private))).reason_for(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "bad",
            "so BAD it is",
            "bad!",
            "(bad)",
            "'bad'",
            "bad's",
            "@bad",
            "bad123",
            "69bad",
            "bad!!",
        ),
        *(
            "b.a.d",
            "b a d",
            "b_a_d",
            "b - a - d",
            "b, a, d",
            "b'a'd",
            "ba.d",
            "ba-d",
            "b*a*d",
            "b😀a😀d",
        ),
        *("b\u200ba\u2060d", "b\u00adad", "b\u202ead", "b\u3164ad", "ba\ufe0fd", "ba\U000e0064d"),
        *("baaaad", "baad", "bbbaaaddd", "b a a a d", "B.A.A.A.D"),
        *("ｂａｄ", "ⓑⓐⓓ", "𝐛𝖆𝒹", "🅱🅰🅳", "🅑🅐🅓", "🇧🇦🇩", "ᵇᵃᵈ", "⒝⒜⒟"),
        *("bаd", "ʙᴀᴅ", "ᏴᎪᎠ", "bαd", "pɐq bɐd", "ƀađ", "bäd", "b̶a̶d̶", "b\u0301\u0302\u0303ad"),
        *("b4d", "b@d", "8ad", "b4@d", "b.4.d", "b4d!"),
        *(
            "你bad吗",
            "bad的",
            "ばbadば",
            "bad\nboy",
            "bad\tboy",
            "bad!boy",
            "bad🇺🇸",
            "🇺🇸bad",
            "b🅰d",
            "b!a!d",
            "b$ad",
            "I am b a d really",
        ),
    ],
)
def test_a_blocked_word_is_found_however_it_is_written(text: str) -> None:
    assert refused(text, "bad") is Reason.BLOCKED_WORD
    assert refused(text, "good") is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "badge",
            "abad",
            "forbad",
            "bade",
            "tinbadly",
            "bad4ly",
            "bad$ly",
            "ly@bad",
            "x1bad",
            "assbad",
        ),
        *("ba d", "b ad", "a b, ad", "b...ad", "b, ad", "b) ad", "b 'ad"),
        *("bd", "bed", "dab", "", "...", "\ud800", "\x00"),
    ],
)
def test_a_part_of_another_word_or_of_two_words_is_not_it(text: str) -> None:
    assert refused(text, "bad") is None


@pytest.mark.parametrize("text", ["455", "A55", "4 5 5", "$$", "@ss4ssin", "a5 5", "4$5", "1000"])
def test_numbers_are_numbers(text: str) -> None:
    assert refused(text, "ass", "iooo", "looo") is None


@pytest.mark.parametrize("text", ["a$$", "@ss", "4ss", "as5", "a$s"])
def test_digits_and_signs_are_letters_beside_real_ones(text: str) -> None:
    assert refused(text, "ass") is Reason.BLOCKED_WORD


@pytest.mark.parametrize("text", ["ki11", "k!ll", "k1ll", "|<i|l kil1", "KlLL", "5p01l3r"])
def test_a_one_is_an_i_or_an_l(text: str) -> None:
    found = refused(text, "kill", "spoiler")
    assert found is (None if text == "KlLL" else Reason.BLOCKED_WORD)


def test_a_double_letter_is_another_word_and_a_stretched_one_is_not() -> None:
    assert refused("good", "god") is None
    assert refused("gooood", "god", "x") is Reason.BLOCKED_WORD
    # AND what is lost by that can be had back
    assert refused("gooood", "god", allowed=("good",)) is None
    assert refused("bok", "book") is None
    assert refused("boooook", "book") is Reason.BLOCKED_WORD


def test_stars_open_a_word() -> None:
    assert refused("badly", "bad*") is Reason.BLOCKED_WORD
    assert refused("abad", "bad*") is None
    assert refused("abad", "*bad") is Reason.BLOCKED_WORD
    assert refused("badly", "*bad") is None
    assert refused("xxb4dxx", "*bad*") is Reason.BLOCKED_WORD
    assert refused("bid", "b*d") is Reason.BLOCKED_WORD
    assert refused("bd bald", "b*d") is None
    assert refused("别剧了透啊", "剧*透") is Reason.BLOCKED_WORD


def test_allowed_words_are_exceptions_wherever_they_cover_the_blocked_one() -> None:
    assert refused("badminton", "bad*", allowed=("badminton",)) is None
    assert refused("b4dminton", "bad*", allowed=("badminton",)) is None
    assert refused("badminton badly", "bad*", allowed=("badminton",)) is Reason.BLOCKED_WORD
    assert refused("not bad", "bad", allowed=("not bad",)) is None
    assert refused("门外挂号", "外挂", allowed=("门外挂号",)) is None
    assert refused("开外挂", "外挂", allowed=("门外挂号",)) is Reason.BLOCKED_WORD


@pytest.mark.parametrize(
    "text",
    ["别剧透啊", "剧 透", "剧.透", "剧-透", "剧😀透", "剧，透", "剧\u200b透", "剧剧剧透透透"],
)
def test_chinese_words_are_found_anywhere(text: str) -> None:
    assert refused(text, "剧透") is Reason.BLOCKED_WORD


@pytest.mark.parametrize("text", ["那部剧，透心凉", "剧a透", "透剧", "剧", "电视剧。透过"])
def test_the_end_of_a_clause_parts_chinese_words(text: str) -> None:
    assert refused(text, "剧透") is None


def test_words_of_other_scripts() -> None:
    assert refused("СПОЙЛЕР!", "спойлер") is Reason.BLOCKED_WORD
    assert refused("спойлеры", "спойлер") is None
    assert refused("ネタバレ注意", "ネタバレ") is Reason.BLOCKED_WORD
    assert refused("스포일러는", "스포일러") is Reason.BLOCKED_WORD
    assert refused("かき", "がき") is None
    assert refused("ΝΑΙ", "ναι") is Reason.BLOCKED_WORD
    assert refused("A片", "a片") is Reason.BLOCKED_WORD
    assert refused("BA片", "a片") is None
    assert refused("call 14.88 or 21488", "1488") is None
    assert refused("x 1488 x", "1488") is Reason.BLOCKED_WORD
    assert refused("1000", "10000") is None


def test_phrases_are_found_with_and_without_their_spaces() -> None:
    for text in ("buy followers", "BuyFollowers", "buy-f0llowers", "b u y followers"):
        assert refused(text, "buy  followers") is Reason.BLOCKED_WORD
    assert refused("to buy, followers said", "buy followers") is None


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (":)", "ok : )"),
        ("🍆", "a 🍆!"),
        ("❤", "❤️"),
        ("c++", "I like C++"),
        ("$$$", "got $ $$"),
        ("wow!", "wow"),
        ("@bobby", "bobby"),
    ],
)
def test_signs_are_found_as_they_are(entry: str, text: str) -> None:
    assert refused(text, entry) is Reason.BLOCKED_WORD
    assert refused("c is a letter, ok?", entry) is None


@pytest.mark.parametrize("entry", ["", " ", "*", "* *", "***", "\u200b", "\ufe0f"])
def test_an_empty_entry_blocks_nothing(entry: str) -> None:
    assert refused("anything * at \u200b all *** ", entry, private=(entry,)) is None


def test_private_words_win() -> None:
    assert refused("bad Johnson", "bad", private=("Johnson",)) is Reason.PRIVATE_WORD
    assert refused("Johnson", allowed=("Johnson",), private=("Johnson",)) is Reason.PRIVATE_WORD


# Half of it of what the shadow has to tell apart.
ANYTHING = st.text(max_size=60) | st.text("abs'(). -@$!|1488,/剧透\u0301😀🇺", max_size=60)
LISTS = st.lists(st.text(max_size=12), max_size=4)
LETTERS = st.text(string.ascii_lowercase, min_size=2, max_size=8)
BETWEEN = st.sampled_from(["", ".", " ", "-", "_", "\u200b", "😀", " . ", ", "])


@given(ANYTHING, LISTS, LISTS, LISTS)
def test_any_line_and_any_lists_have_an_answer(
    text: str, blocked: list[str], allowed: list[str], private: list[str]
) -> None:
    reason = refused(text, *blocked, allowed=tuple(allowed), private=tuple(private))
    assert reason in (None, Reason.BLOCKED_WORD, Reason.PRIVATE_WORD)
    if not private and not blocked:
        assert reason is None


@given(LETTERS, BETWEEN, st.booleans(), st.integers(0, 3))
def test_a_word_is_found_spelt_in_any_way(word: str, gap: str, upper: bool, more: int) -> None:
    spelt = gap.join(letter + letter * 2 * more for letter in word)
    if more and gap:
        spelt = gap.join(letter for letter in word for _ in range(1 + 2 * more))
    assert refused(f"so {spelt.upper() if upper else spelt}, ok", word) is Reason.BLOCKED_WORD


@pytest.mark.timeout(15)  # a moment each, as long as nothing grows faster than the line
@pytest.mark.parametrize(
    "piece",
    [
        *("a", "1l", "!", "a.", "x y ", "剧", "a\u0301", "\u0301\u0327", "b4 ", "badwor", "i1!l|"),
        *("0", "@$", "@ $ ", "$1", "a'", "1,", "12/", "('"),
    ],
)
def test_a_hostile_length_is_no_trouble(piece: str) -> None:
    blocked = [
        "badwort",
        "*illillix*",
        "x y z",
        "剧透",
        "aaaab",
        "l1l1l1",
        "🍆",
        "assassin",
        "idiot",
    ]
    text = (piece * 100_000)[:100_000]
    assert refused(text, *blocked, private=("il il il o",)) is None


def test_a_word_that_can_be_read_in_very_many_ways_is_read_once() -> None:
    letters = string.ascii_lowercase
    word = "".join(letter * 2 for letter in letters)
    text = "".join(letter * 3 for letter in letters)
    assert refused(text, word) is Reason.BLOCKED_WORD
    assert refused(text + "1", word + "2") is None


def test_a_sign_in_an_entry_is_a_letter_where_it_must_be() -> None:
    assert refused("ass", "@ss") is Reason.BLOCKED_WORD
    assert refused("ss", "@ss") is None
