"""What holds for every line that is turned into words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.reading_config import WordsConfig
from ishowtts_desktop.reading.text.clean import clean
from ishowtts_desktop.reading.text.spoken.speller import Speller
from ishowtts_desktop.reading.text.spoken.table import words_of
from ishowtts_desktop.reading.text.steps import SPOKEN
from tests.support.lines import LINES

SPELLER = Speller(WordsConfig())
AMOUNTS = st.text(
    alphabet="0123456789.,:-+/ 年月块个第打$€¥%#@&kKmMwWbhsvVxXpst°C度~*=<>'()_", max_size=24
)
PIECES = st.sampled_from(
    words_of(
        "GPU gg WHAT IS $5 1+1=2 14:30 3pm v1.2.3 打了 个 2.5块 -5 fps bob_x ABCs #1 @bob & "
        "10-20 1/2 May 5th 2024-05-20 666 awsl https://x.com C++ AbcDef :D lv5 x12 4K w/ hhhh"
        " <3<3 </3 0x1F x264 m8 gr8 GTA V FFXIV Louis XIV WWII 5m 2w 1.2b 98k 9点-12点 12.25号"
        " 886了 555 比分2:10 +8613812345678 000 5:30-6 9am-5pm 1980s the 90s C$5 no.1 1米85 left"
        " 16g内存"
    )
)
TEXTS = (
    LINES
    | AMOUNTS
    | st.lists(PIECES, max_size=9).flatmap(
        lambda pieces: st.sampled_from(["".join(pieces), " ".join(pieces)])
    )
)
LANGUAGES = st.sampled_from(["en", "zh"])


@given(text=TEXTS, language=LANGUAGES)
def test_it_is_settled_clean_and_has_no_digits(text: str, language: str) -> None:
    line = clean(text)
    said, steps = SPELLER.speak(line, language)
    assert clean(said) == said
    assert set(steps) <= set(SPOKEN)
    settled = SPELLER.settle(line, language)
    assert SPELLER.settle(settled, language) == settled
    if "://" not in line:
        assert not any(digit in said for digit in "0123456789")


@given(text=TEXTS, language=LANGUAGES)
def test_a_line_that_no_step_changed_is_the_line(text: str, language: str) -> None:
    line = clean(text)
    said, steps = SPELLER.speak(line, language)
    assert bool(steps) == (said != line)


@given(text=TEXTS)
def test_other_languages_are_left_alone(text: str) -> None:
    line = clean(text)
    assert SPELLER.speak(line, "ja") == (line, ())
