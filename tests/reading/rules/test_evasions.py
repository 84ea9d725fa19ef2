"""What costs a viewer least to write, and which of it is found: plurals, marks, look-alikes."""

from __future__ import annotations

from typing import SupportsIndex, cast

import pytest

from ishowtts_desktop.core.reading_config import PrivateConfig, RulesConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.rules.folding import Shadow, shadow_of
from ishowtts_desktop.reading.rules.matcher import Matcher, word_of
from ishowtts_desktop.reading.rules.words import WordFilter


def refused(text: str, *blocked: str, allowed: tuple[str, ...] = ()) -> bool:
    rules = RulesConfig(blocked_words=list(blocked), allowed_words=list(allowed))
    return WordFilter(rules, PrivateConfig()).reason_for(text) is Reason.BLOCKED_WORD


@pytest.mark.parametrize(
    ("entry", "texts"),
    [
        (
            "badword",
            ("badwords", "badword's", "badwordes", "B4DW0RDS", "b.a.d.w.o.r.d.s", "badwordsss"),
        ),
        ("losr", ("losrs", "losr’s")),
        ("hiss", ("hisss", "hisses")),
        ("bad phrase", ("bad phrases", "badphrase's")),
    ],
)
def test_a_plural_is_the_word(entry: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        assert refused(text, entry), text


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        *(("ass", "asses"), ("spic", "spices"), ("tard", "buenas tardes"), ("hell", "hello")),
        *(("badword", "badwordy"), ("badword", "badwordest"), ("1488", "1488s1"), ("剧透", "剧s")),
        ("спойлер", "спойлерs"),
    ],
)
def test_another_word_is_no_plural(entry: str, text: str) -> None:
    assert not refused(text, entry)


def test_a_plural_may_be_allowed_again() -> None:
    assert not refused("the losers bracket", "loser", allowed=("losers bracket",))
    assert refused("you losers", "loser", allowed=("losers bracket",))
    assert not refused("two badmintons", "bad*", allowed=("badminton",))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "fl'uff you",
            "fl’uff",
            "fl(u)ff",
            "fl[u]ff",
            "fl{uf}f",
            'fl"uff',
            "fl('u')ff",
            "（fl（u）ff）",
        ),
        *("fl--uff", "fl__uff", "fl**uff", "fl😀😀uff", "fl👍🏽👩‍👩‍👧uff", "fl-😀.uff"),
        *("fl∪ff", "₣luff", "fl'u'f'f", "'fluff'", "fluff'em", "flu-ff(s)"),
    ],
)
def test_marks_inside_of_a_word_are_passed_over(text: str) -> None:
    assert refused(text, "fluff")


def test_more_letters_that_look_alike() -> None:
    for text in ("bєd", "bəd", "BЄD", "bƏd"):
        assert refused(text, "bed")
    assert refused("fu©k", "fuck")


@pytest.mark.parametrize(
    "text",
    [
        "fl...uff",
        "fl. .uff",
        "fl 'uff",
        "fl' uff",
        "fl, uff",
        "fl,uff",
        "(fl) uff",
        "fl... 'uff",
    ],
)
def test_and_what_parts_words_is_not(text: str) -> None:
    assert not refused(text, "fluff")


@pytest.mark.parametrize("text", ["he'll", "she’ll!", "We`ll", "he'll've", "'he'll'", "he'll2"])
def test_a_contraction_is_two_words(text: str) -> None:
    assert not refused(text, "hell", "shell", "well")


@pytest.mark.parametrize(("entry", "text"), [("weve", "we've"), ("hed", "he'd"), ("cant", "can't")])
def test_so_is_any_other(entry: str, text: str) -> None:
    assert not refused(text, entry)
    assert refused(text.replace("'", "-"), entry)


def test_the_end_of_a_contraction_is_the_end_of_its_word() -> None:
    assert refused("fluf'ted", "flufted")
    assert refused("h'ell", "hell")
    assert refused("flu(t)e", "flute")


@pytest.mark.parametrize(
    "text", ["rank 1,488 now", "14/88", "14-88!", "(1,488)", "１，４８８ 1,488"]
)
def test_a_blocked_number_may_be_grouped(text: str) -> None:
    assert refused(text, "1488")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "14.88",
            "14:88",
            "14 88",
            "1,4880",
            "21,488",
            "1,488,000",
            "12,1488,0",
            "114-88",
            "14-880",
        ),
        *("14/88/12", "12-14-88", "1/488", "148-8", "14--88", "14,88", "1,,488"),
    ],
)
def test_other_numbers_are_other_numbers(text: str) -> None:
    assert not refused(text, "1488") or "1488" in text


@pytest.mark.parametrize(
    ("entry", "text"),
    [("2021488", "2021,488"), ("11488", "114-88"), ("14880", "14-880")],
)
def test_nor_are_they_one_number_with_what_is_beside_them(entry: str, text: str) -> None:
    assert not refused(text, entry)
    assert refused(text.translate({44: None, 45: None}), entry)


def test_the_halves_of_a_pair_are_numbers_too_but_thousands_are_not() -> None:
    assert refused("14/88", "88")
    assert refused("88-12", "88")
    assert not refused("1,488", "488")


@pytest.mark.parametrize(
    ("entry", "text"),
    [("bad", "b!!ad"), ("bad", "b$!ad"), ("剧透", "剧$!透"), ("shit", "$h!+"), ("bad", "b$!@d")],
)
def test_signs_between_letters_are_passed_over(entry: str, text: str) -> None:
    assert refused(text, entry)


class Counting(list[int]):
    """A row that counts how often it is looked at: work, whatever machine does it."""

    looks = 0

    def __getitem__(self, place: SupportsIndex | slice) -> int:  # type: ignore[override]
        self.looks += 1
        return cast("int", super().__getitem__(place))


@pytest.mark.parametrize(
    "piece", ["@$", "@$$", "@ $ ", "$1", "i@!|", "!a", "-|a@", "@$" * 12 + "x", "s" + "!|+$@" * 8]
)
def test_a_line_of_signs_is_little_work(piece: str) -> None:
    entries = ("ass", "assassin", "arse", "shit", "idiot", "sit still")
    matcher = Matcher(word for entry in entries if (word := word_of(entry)))
    shadow = shadow_of((piece * 500)[:500])
    kinds = Counting(shadow.kinds)
    list(matcher.find(Shadow(shadow.letters, kinds, shadow.gaps)))
    assert kinds.looks < 40 * len(kinds)
