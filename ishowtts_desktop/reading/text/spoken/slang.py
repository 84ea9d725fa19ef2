"""What chat abbreviates, and how it is said. The user's own pronunciations come before these.

Upper and lower case are the same. Words of Chinese are said in lines with Chinese in them, or that
have nothing else in them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import regex

from ishowtts_desktop.reading.text.spoken.units import COUNTED

ENGLISH: Final = MappingProxyType(
    {
        "b4": "before",
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
        "g2g": "got to go",
        "gr8": "great",
        "gtg": "got to go",
        "glhf": "good luck, have fun",
        "h8": "hate",
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
        "l8r": "later",
        "m8": "mate",
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
        "w8": "wait",
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
        "2233": "二二三三",
        "555": "呜呜呜",
        "666": "六六六",
        "777": "七七七",
        "999": "九九九",
    }
)
_LAUGHTER: Final = regex.compile(r"233(3*)|5{3,}|6{3,}|9{3,}|7{3,}")
_REACH: Final = 12
# Numbers first of all; a good bye only where one is said.
_GOOD_BYE: Final = frozenset(("88", "886", "7456"))
_SOMEBODY: Final = "主播|各位|大家|们|老师|哥|姐|up"
_LEAVING: Final = regex.compile(
    rf"(?ri)(?:{_SOMEBODY}|宝|先|那|就|好的|[睡走溜撤下]觉?了?|下[线播班课]|上[班课]|吃饭|晚安|再见|见|拜拜|真是)"
)
_ENDING: Final = regex.compile("[了啦咯喽]")
_ENDED: Final = regex.compile(rf"(?i)[了啦咯喽吧哦哈]|{_SOMEBODY}|[^\p{{L}}\p{{N}}]|$")
_AMOUNT_OF: Final = regex.compile(
    r"(?r)(?:暴击|伤害|战力|攻击?|防御?|血量?|[花打充考卖]了?|年|重|度|号|价|共|有|是|才|只要?|到|剩|得|约|要)\s?"
)
_HURT: Final = regex.compile(r"\s?(?:伤|点|血|分|块|元|个)")
_HAHAHA: Final = regex.compile("h{3,}")
_ALONE: Final = regex.compile(r"[\s!?.,~、。!?]+")
# Too English to be Chinese when nothing else tells.
_ENGLISH_TOO: Final = frozenset(("dd", "hhh", "cpdd", "007", "999", "777", "211", "404", "985"))
_WORD: Final = regex.compile("u1s1|[a-z]+")
_LETTER: Final = regex.compile(r"\p{L}")
_LONGEST: Final = 60


def chinese_number(digits: str, text: str, start: int, end: int) -> str:
    """Return how a number that is Chinese slang is said, "" for any other.

    It stands in ``text`` from ``start`` to ``end``: "主播88" is a good bye, "考了88" a mark.
    """
    if digits in _GOOD_BYE:
        if not _takes_leave(text, start, end):
            return ""
        # What follows says it already: "886了".
        return NUMBERS["88" if digits == "886" and _ENDING.match(text, end) else digits]
    if digits.startswith("555") and (
        _HURT.match(text, end) or _AMOUNT_OF.match(text, max(0, start - _REACH), start)
    ):
        return ""
    return number_alone(digits)


def number_alone(digits: str) -> str:
    """Return how a number is said that is Chinese slang when nothing is beside it."""
    known = NUMBERS.get(digits)
    if known is not None:
        return known
    if not _LAUGHTER.fullmatch(digits):
        return ""
    return "二三三三" if digits[0] == "2" else NUMBERS[digits[:3]]


def _takes_leave(text: str, start: int, end: int) -> bool:
    """Tell whether a number stands as a good bye does: alone, or where somebody is told it."""
    counts = text[end : end + 2].strip()[:1] in COUNTED
    if counts or not _ENDED.match(text, end):
        return False
    near = max(0, start - _REACH)
    if start == 0 or _LEAVING.match(text, near, start):
        return True
    before = text[start - 1]
    return not before.isalnum() and not _AMOUNT_OF.match(text, near, start)


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
    return "zh" if all(map(number_alone, numbers)) else ""
