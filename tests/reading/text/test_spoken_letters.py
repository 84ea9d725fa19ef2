"""What a letter behind a number stands for, Roman numbers, and numbers that say good bye."""

from __future__ import annotations

import pytest

from ishowtts_desktop.core.reading_config import WordsConfig
from ishowtts_desktop.reading.text.spoken.speller import Speller


def says(text: str, language: str, *, slang: bool = True) -> str:
    return Speller(WordsConfig(slang=slang)).speak(text, language)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5m", "five M"),
        ("5M", "five million"),
        ("20m from here", "twenty meters from here"),
        ("19m from texas", "nineteen M from texas"),
        ("1.5m apart", "one point five meters apart"),
        ("2.5m", "two point five million"),
        ("sold for 20m", "sold for twenty million"),
        ("5m gold", "five million gold"),
        ("1.8m tall", "one point eight meters tall"),
        ("wait 5m", "wait five minutes"),
        ("in 5m subs", "in five million subs"),
        ("10m in", "ten minutes in"),
        ("10m in town", "ten M in town"),
        ("5-10m", "five to ten M"),
        ("he got 3w", "he got three W"),
        ("65w", "sixty-five watts"),
        ("3w light", "three watts light"),
        ("3w followers 哈", "thirty thousand followers 哈"),
        ("3W", "three watts"),
        ("ver 3k", "ver three K"),
        ("10k steps", "ten thousand steps"),
        ("2500k", "two thousand five hundred K"),
        ("7b llm", "seven B L L M"),
        ("GTA5M", "G T A five M"),
        ("$5m", "five million dollars"),
    ],
)
def test_letters_behind_numbers_in_english(text: str, said: str) -> None:
    assert says(text, "en") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("30w粉", "三十万粉"),
        ("功率30w", "功率三十瓦"),
        ("功耗是65W的", "功耗是六十五瓦的"),
        ("5W灯", "五瓦灯"),
        ("100M流量", "一百兆流量"),
        ("拿98k", "拿九八K"),
        ("月薪98k", "月薪九万八千"),
        ("8g运存", "八G运存"),
        ("8g糖", "八克糖"),
    ],
)
def test_letters_behind_numbers_in_chinese(text: str, said: str) -> None:
    assert says(text, "zh") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Louis XIV", "Louis the fourteenth"),
        ("Rocky IV", "Rocky four"),
        ("Part XX", "Part twenty"),
        ("FFX and FFVII", "F F ten and F F seven"),
        ("WWI", "World War One"),
        ("GTA V", "G T A five"),
        ("plan V", "plan V"),
        ("Elder Scrolls V", "Elder Scrolls V"),
        ("I II", "I I I"),
        ("II", "I I"),
        ("the IX", "the I X"),
        ("Vi is op", "Vi is op"),
        ("Rocky IIII", "Rocky iiii"),
    ],
)
def test_roman_numbers_stand_behind_a_name(text: str, said: str) -> None:
    assert says(text, "en") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("88啦", "拜拜啦"),
        ("88各位", "拜拜各位"),
        ("走了886", "走了拜拜了"),
        ("下播了 88", "下播了 拜拜"),
        ("一共 88", "一共 八十八"),
        ("88 分", "八十八 分"),
        ("88lol", "八十八lol"),
        ("攻击88", "攻击八十八"),
        ("真是7456", "真是气死我了"),
        ("7456次", "七千四百五十六次"),
        ("好想哭555", "好想哭呜呜呜"),
        ("5555 我的票", "呜呜呜 我的票"),
        ("伤害555", "伤害五百五十五"),
    ],
)
def test_a_number_is_a_good_bye_only_where_one_is_said(text: str, said: str) -> None:
    assert says(text, "zh") == said


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("m8", "en", "M eight"),
        ("u1s1", "zh", "U一S一"),
        ("gr8", "zh", "GR八"),
    ],
)
def test_without_slang_what_has_digits_in_it_is_spelt(text: str, language: str, said: str) -> None:
    assert says(text, language, slang=False) == said


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("gr8啊", "zh", "great啊"),
        ("m8啊", "zh", "M八啊"),
        ("我</3", "zh", "我心碎"),
        ("爱<3<3", "zh", "爱爱心爱心"),
        ("0x1f", "zh", "零X一F"),
        ("12:30 left", "en", "twelve minutes thirty seconds left"),
        ("0:00 left", "en", "zero seconds left"),
        ("1:00 left", "en", "one minute left"),
        ("3:00 leftover", "en", "three o'clock leftover"),
        ("1:02:03 left", "en", "one hour two minutes three seconds left"),
        ("porsche 911", "en", "porsche nine eleven"),
        ("911 viewers", "en", "nine hundred eleven viewers"),
        (
            "+971501234567",
            "en",
            "plus nine hundred seventy-one " + "five zero one two three four five six seven",
        ),
        (
            "1,234,567 views",
            "en",
            "one million two hundred thirty-four thousand five hundred sixty-seven views",
        ),
        ("1,234,567,890", "zh", "十二亿三千四百五十六万七千八百九十"),
        ("555-1000", "en", "five hundred fifty-five to one thousand"),
        ("1米85个", "zh", "一米八十五个"),
        ("1.5号电池", "zh", "一点五号电池"),
        ("90s的歌", "zh", "九十秒的歌"),
        ("9-5pm", "en", "nine to five P M"),
        ("5:30 - 7pm", "en", "five thirty to seven P M"),
        ("2:10 - 5 kills", "en", "two ten - five kills"),
        ("x64 x4", "en", "x sixty-four times four"),
        ("A$1.50", "zh", "一点五澳元"),
    ],
)
def test_what_else_is_told_by_its_neighbours(text: str, language: str, said: str) -> None:
    assert says(text, language) == said
