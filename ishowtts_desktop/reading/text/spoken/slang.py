"""What chat abbreviates, and how it is said. The user's own pronunciations come before these.

Upper and lower case are the same. Words of Chinese are said in lines with Chinese in them, or that
have nothing else in them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import regex

ENGLISH: Final = MappingProxyType(
    {
        "afaik": "as far as I know",
        "afk": "A F K",
        "asap": "as soon as possible",
        "atm": "at the moment",
        "bbl": "be back later",
        "brb": "be right back",
        "btw": "by the way",
        "cya": "see ya",
        "ez": "easy",
        "ffs": "for f's sake",
        "ftw": "for the win",
        "fyi": "for your information",
        "gg": "G G",
        "ggez": "G G easy",
        "ggs": "G Gs",
        "ggwp": "G G well played",
        "gj": "good job",
        "gl": "good luck",
        "glhf": "good luck, have fun",
        "hf": "have fun",
        "hr": "hour",
        "hrs": "hours",
        "icymi": "in case you missed it",
        "idc": "I don't care",
        "idk": "I don't know",
        "iirc": "if I remember correctly",
        "ikr": "I know, right",
        "imho": "in my humble opinion",
        "imo": "in my opinion",
        "irl": "in real life",
        "jk": "just kidding",
        "kk": "okay",
        "lmao": "L M A O",
        "lmfao": "L M F A O",
        "lol": "lol",
        "lvl": "level",
        "ngl": "not gonna lie",
        "np": "no problem",
        "nt": "nice try",
        "nvm": "never mind",
        "omg": "oh my god",
        "omw": "on my way",
        "pls": "please",
        "plz": "please",
        "pog": "pog",
        "ppl": "people",
        "rn": "right now",
        "rofl": "rofl",
        "smh": "shaking my head",
        "tbh": "to be honest",
        "thx": "thanks",
        "tmr": "tomorrow",
        "ttyl": "talk to you later",
        "ty": "thank you",
        "tysm": "thank you so much",
        "tyvm": "thank you very much",
        "u": "you",
        "ur": "your",
        "wb": "welcome back",
        "wdym": "what do you mean",
        "wp": "well played",
        "wtf": "W T F",
        "yr": "year",
        "yrs": "years",
        "yw": "you're welcome",
    }
)
CHINESE: Final = MappingProxyType(
    {
        "awsl": "啊我死了",
        "bdjw": "不懂就问",
        "cpdd": "C P滴滴",
        "dbq": "对不起",
        "dd": "滴滴",
        "gkd": "搞快点",
        "hhh": "哈哈哈",
        "kdl": "磕到了",
        "nsdd": "你说得对",
        "plmm": "漂亮妹妹",
        "srds": "虽然但是",
        "ssfd": "瑟瑟发抖",
        "tql": "太强了",
        "u1s1": "有一说一",
        "xdm": "兄弟们",
        "xmsl": "羡慕死了",
        "xswl": "笑死我了",
        "yydl": "永远单推",
        "yyds": "永远的神",
        "yysy": "有一说一",
        "zqsg": "真情实感",
    }
)
# "66666" and "23333" have as many as somebody felt like.
NUMBERS: Final = MappingProxyType(
    {
        "88": "拜拜",
        "886": "拜拜了",
        "520": "五二零",
        "521": "五二一",
        "211": "二幺幺",
        "404": "四零四",
        "985": "九八五",
        "996": "九九六",
        "007": "零零七",
        "1314": "一三一四",
        "5201314": "五二零一三一四",
        "7456": "气死我了",
        "233": "二三三",
        "555": "呜呜呜",
        "666": "六六六",
        "777": "七七七",
        "999": "九九九",
    }
)
_LAUGHTER: Final = regex.compile(r"233(3*)|5{3,}|6{3,}|9{3,}|7{3,}")
_HAHAHA: Final = regex.compile("h{3,}")
_ALONE: Final = regex.compile(r"[\s!?.,~、。!?]+")
# Too English to be Chinese when nothing else tells.
_ENGLISH_TOO: Final = frozenset(("dd", "hhh", "cpdd", "007", "999", "777", "211", "404", "985"))
_WORD: Final = regex.compile("u1s1|[a-z]+")
_LETTER: Final = regex.compile(r"\p{L}")
_LONGEST: Final = 60


def chinese_number(digits: str) -> str:
    """Return how a number that is Chinese slang is said, "" for any other."""
    known = NUMBERS.get(digits)
    if known is not None:
        return known
    if not _LAUGHTER.fullmatch(digits):
        return ""
    return "二三三三" if digits[0] == "2" else NUMBERS[digits[:3]]


def english_word(word: str) -> str:
    """Return how an abbreviation is said, "" for any other word. A capital alone is a letter."""
    return "" if word == "U" else ENGLISH.get(word.lower(), "")


def chinese_word(word: str) -> str:
    """Return how an abbreviation of pinyin is said, "" for any other word."""
    if word == "LOL":
        return "L O L"  # the game
    low = word.lower()
    return CHINESE.get("hhh" if _HAHAHA.fullmatch(low) else low, "")


def language_of(text: str) -> str:
    """Return "zh" for a line that only its slang or money tells to be Chinese, "" for any other."""
    if len(text) > _LONGEST:
        return ""
    if "¥" in text and not _LETTER.search(text):
        return "zh"
    if not text.isascii():
        return ""
    words = set(_WORD.findall(text.lower()))
    if any(word in CHINESE for word in words - _ENGLISH_TOO):
        return "zh"
    numbers = set(_ALONE.split(text)) - {""}
    if not numbers or numbers & _ENGLISH_TOO:
        return ""
    return "zh" if all(map(chinese_number, numbers)) else ""
