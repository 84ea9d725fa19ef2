"""What a letter behind a number stands for: "5m" are minutes, meters or millions.

Its neighbours tell. What none of them explains stays a letter.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import regex

_REACH: Final = 24
_HAN: Final = regex.compile(r"\p{Han}")
_COUNTED: Final = regex.compile(
    r"\s(?:follow|sub|view|like|play|people|person|fan|cop(?:y|ies)|hp|damage|dmg|xp|exp|gold|point"
    r"|coin|download|stream|user|bit|buck|member|row|word|token|kill|dollar|euro)",
    regex.IGNORECASE,
)
_METERS: Final = regex.compile(
    r"\s(?:tall|long|deep|high|wide|away|dash|run|sprint|walls?|radius|freestyle|range"
    r"|apart|above|below|thick|from\s(?:here|me|you|us|the|it))\b"
)
_AGO: Final = r"\s(?:ago|later|late|left|old|into|remaining"
_MINUTES_AHEAD: Final = regex.compile(rf"{_AGO}|(?:in|more)\b(?=\W*$)|break|timer|delay|to\sgo)\b")
_MINUTES_BEHIND: Final = regex.compile(
    r"(?ri)(?:^|\s)(?:in|for|after|every|wait|within|another|last)\s"
)
_WORTH: Final = regex.compile(
    r"(?ri)\b(?:(?:sold|bought|paid)\sfor|sold|paid|worth|costs?|hit|reached|over|passed|made)\s"
)
_WEEKS: Final = regex.compile(rf"{_AGO})\b")
_POWERED: Final = regex.compile(
    r"\s(?:psu|power|bulb|charg|gpu|cpu|card|light|lamp|led|solar|adapter|brick|speaker|amp|tdp|laser)",
    regex.IGNORECASE,
)
_NOUN: Final = regex.compile(
    r"\s(?!(?:and|or|but|so|if|then|when|is|was|are|i|im|i'm|you|we|he|she|it|they|that|this|from|to"
    r"|at|by|than|of|on|in|with|lol|brb|btw|guys|chat|please|pls|plz|max|ok)\b)[a-z]{2}",
    regex.IGNORECASE,
)
_MODEL: Final = regex.compile(r"\s(?:model|llm|param)", regex.IGNORECASE)
_VERSIONED: Final = regex.compile(r"(?ri)\b(?:patch|version|ver|build|update|season|firmware)\s")
_CHINESE_POWER: Final = regex.compile(
    "快充|充电|闪充|超充|电源|灯|功率|功耗|适配|氮化镓|显卡|音响|风扇"
)
_POWER_BEHIND: Final = regex.compile("(?r)(?:功率|功耗|充电)(?:是|有|才|只有)?")
_BANDWIDTH: Final = regex.compile("宽带|光纤|网|带宽|流量")
_MEMORY: Final = regex.compile("内存|硬盘|显存|运存|网|流量|手机|闪存|固态|存储|信号|基站")
_RIFLE: Final = "98"
_PAY: Final = regex.compile("(?r)(?:工资|薪|收入|月入|价格?|[赚卖花充欠要给]了?|涨粉?了?|粉丝)")
_WATTS: Final = range(10, 10_000)


class Meaning(NamedTuple):
    """One of these: what multiplies the number, a unit, or letters said as they are."""

    scale: str = ""
    unit: str = ""
    letter: str = ""


def english(letter: str, number: str, text: str, start: int, end: int) -> Meaning:
    """Return what ``letter`` means behind ``number``, which stands in ``text`` with it."""
    behind = _Behind(text, start)
    ahead = text[end : end + _REACH]
    if behind.ends(_VERSIONED):
        return Meaning(letter=letter.upper())
    if letter == "m":
        return _small_m(number, behind, ahead)
    if letter == "W":
        return Meaning(unit="W")
    if letter == "w":
        return _small_w(number, text, ahead)
    if letter in "bB" and _MODEL.match(ahead):
        return Meaning(letter="B")
    # "13600k" is a processor.
    if letter in "kK" and number.isdigit() and len(number) > 3 and not _COUNTED.match(ahead):
        return Meaning(letter="K")
    return Meaning(scale=letter)


def chinese(letter: str, number: str, text: str, start: int, end: int) -> Meaning:
    """Do as `english` does, for Chinese: "w" are ten thousand, or watts."""
    ahead = text[end : end + _REACH]
    if letter in "mM" and _BANDWIDTH.match(ahead):
        return Meaning(letter="兆")
    if letter in "kK" and number == _RIFLE and not _Behind(text, start).ends(_PAY):
        return Meaning(letter="K")
    if letter == "m":
        return Meaning(unit="m")
    if letter == "W" and len(number) > 2:
        return Meaning(unit="W")
    if letter in "wW" and (_CHINESE_POWER.match(ahead) or _Behind(text, start).ends(_POWER_BEHIND)):
        return Meaning(unit="W")
    return Meaning(scale=letter)


def is_memory(text: str, end: int) -> bool:
    """Tell whether what follows is counted in G, and no grams: "16g内存", "4g网"."""
    return _MEMORY.match(text, end) is not None


def _small_m(number: str, behind: _Behind, ahead: str) -> Meaning:
    if _METERS.match(ahead):
        return Meaning(unit="m")
    if _COUNTED.match(ahead) or "." in number or behind.ends(_WORTH):
        return Meaning(scale="m")
    if _MINUTES_AHEAD.match(ahead) or behind.ends(_MINUTES_BEHIND):
        return Meaning(unit="min")
    return Meaning(scale="m") if _NOUN.match(ahead) else Meaning(letter="M")


def _small_w(number: str, text: str, ahead: str) -> Meaning:
    if _HAN.search(text):
        return Meaning(scale="w")
    if _WEEKS.match(ahead):
        return Meaning(unit="wk")
    watts = number.isdigit() and int(number[:5]) in _WATTS
    return Meaning(unit="W") if watts or _POWERED.match(ahead) else Meaning(letter="W")


class _Behind:
    """What stands before a place in a line; looked at only as far as a word or two."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._start = start

    def ends(self, pattern: regex.Pattern[str]) -> bool:
        """Tell whether ``pattern``, a reversed one, stands directly before the place."""
        return pattern.match(self._text, max(0, self._start - _REACH), self._start) is not None
