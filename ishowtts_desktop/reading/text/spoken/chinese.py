"""Numbers in Chinese, as Mandarin says them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.reading.text.spoken.table import words_of
from ishowtts_desktop.reading.text.spoken.units import (
    CARD,
    CHINESE_MONEY,
    CHINESE_UNITS,
    COUNTED,
    MEASURES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.reading.text.spoken.numerals import Around

_DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_GROUPS: Final = ("", "万", "亿", "万亿")
_SCALES: Final = MappingProxyType(
    {
        "k": 1000,
        "m": 10**6,
        "mil": 10**6,
        "b": 10**9,
        "bn": 10**9,
        "kk": 10**6,
        "w": 10**4,
        "thousand": 1000,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "t": 10**12,
    }
)
# What follows a year: "2024赛季", "98年", "90后".
_AFTER_YEAR: Final = ("年", "赛季", "款", "版", "届", "世界杯", "春节", "新年", "春晚", "奥运")
_LONGEST_CARDINAL: Final = 8
_IDENTITY: Final = 4
_IDENTITIES: Final = (
    "尾号",
    "间号",
    "编号",
    "单号",
    "卡号",
    "账号",
    "码",
    "群",
    "房间",
    "QQ",
    "ID",
)
_LONGEST_GROUPED: Final = 15
_LONGEST_RUN: Final = 12
_CALLED: Final = ("110", "119", "120", "122", "12315")
_ALWAYS_CALLED: Final = ("10086", "10010", "12306")
_MOBILE: Final = 11
_ONE_ON_THE_PHONE: Final = str.maketrans("一", "幺")
_PRODUCTS: Final = frozenset(words_of("RTX GTX RX GT I3 I5 I7 I9 R5 R7 R9 XBOX"))


class Chinese:
    """Numbers in Chinese."""

    language = "zh"
    words = MappingProxyType(
        {
            "+": "加",
            "-": "减",
            "*": "乘",
            "×": "乘",
            "x": "乘",
            "÷": "除以",
            "/": "除以",
            "=": "等于",
            "<": "小于",
            ">": "大于",
            "^": "的",
            ":": "比",
            "squared": "的平方",
            "cubed": "的立方",
            "per": "每",
            "sharp": "sharp",
            "range": "到",
            "ratio": "比",
            "number": "第",
            "more": "加",
            "times": "乘",
            "and": "和",
            "at": "艾特",
            "hashtag": "",
            "~": "大约",
            "±": "正负",
        }
    )

    def number(self, written: str, around: Around) -> str:
        """Say a number that is alone."""
        after = around.after
        if "." in written or not written.isdigit():
            return self.plain(written)
        if around.grouped and len(written) <= _LONGEST_GROUPED:
            return _cardinal(int(written))
        if len(written) == 4 and written[:2] in ("19", "20") and after.startswith(_AFTER_YEAR):
            return self.digits(written)
        if len(written) == 2 and (
            after.startswith("后") or (after[:1] == "年" and written >= "50")
        ):
            return self.digits(written)
        counted = after[:1] in COUNTED or around.before.endswith("第")
        if written in _ALWAYS_CALLED and not counted:
            return self.digits(written).translate(_ONE_ON_THE_PHONE)
        if len(written) >= _IDENTITY and around.before.endswith(_IDENTITIES):
            return self.digits(written)
        if written in _CALLED and around.before.endswith(("打", "警", "拨")):
            return self.digits(written).translate(_ONE_ON_THE_PHONE)
        if self._in_digits(written, around, counted=counted):
            return self.digits(written)
        counts = after[:1] in MEASURES and not after.startswith("次元")
        if written == "2" and counts and not around.before.endswith("第"):
            return "两"
        return self.plain(written)

    def _in_digits(self, written: str, around: Around, *, counted: bool) -> bool:
        """Tell whether a number is said as a product's is: 四零九零, x八六, 一米八五."""
        if len(written) > 2:
            card = CARD.fullmatch(written) and not counted
            return bool(card or around.attached or around.before.upper() in _PRODUCTS)
        if around.attached and around.before in ("x", "X"):
            return True
        return around.before == "米" and len(written) == 2 and not counted

    def plain(self, written: str) -> str:
        """Say a number without looking at what is around."""
        whole, point, rest = written.partition(".")
        if not point:
            return self._whole(whole)
        return f"{self._whole(whole or '0')}点{self.digits(rest)}"

    def digits(self, written: str) -> str:
        """Say digit by digit."""
        written = written.replace(".", "")
        return "".join(_DIGITS[int(digit)] for digit in written[:_LONGEST_RUN])

    def ordinal(self, written: str) -> str:
        """Say which one in a row."""
        return f"第{self.plain(written)}"

    def date(self, year: str, month: int, day: int) -> str:
        """Say a day."""
        said = f"{_cardinal(month)}月{_cardinal(day)}日"
        return f"{self.digits(year)}年{said}" if year else said

    def time(self, hour: int, minute: int | None, second: int | None, half: str) -> str:
        """Say a time of day."""
        said = {"a": "上午", "p": "下午"}.get(half, "")
        said += f"{'两' if hour == 2 else _cardinal(hour)}点"
        if minute or second is not None:
            said += f"{_two_places(minute or 0)}分"
        if second is not None:
            said += f"{_two_places(second)}秒"
        return said

    def money(self, amount: str, currency: str, scale: str) -> str:
        """Say an amount: "九十九点九元", and "九块九" for what is written "9.9块"."""
        whole, _, rest = amount.partition(".")
        if currency == "块" and len(rest) == 1 and whole and not scale:
            return f"{'两' if whole == '2' else self._whole(whole)}块{self.digits(rest)}"
        exact = amount if scale or rest.strip("0") else whole
        if rest.strip("0"):
            exact = exact.rstrip("0")
        said = self.scaled(exact, scale) if scale else self.plain(exact)
        return ("两" if said == "二" else said) + CHINESE_MONEY.get(currency.upper(), currency)

    def scaled(self, amount: str, scale: str) -> str:
        """Say "5k", "3w", "1.5万"."""
        if scale.lower() == "w":
            scale = "万"
        factor = _SCALES.get(scale.lower())
        whole, _, rest = amount.partition(".")
        if scale in "mMbB":  # "100M" is a size and "2B" an insult
            return self.plain(amount) + scale.upper()
        if factor is None or len(whole) > 6 or len(rest) > 3:
            said = self.plain(amount)
            return ("两" if said == "二" else said) + scale
        value = int(whole or "0") * factor + int(rest or "0") * factor // 10 ** len(rest)
        return _cardinal(value)

    def measured(self, said: str, unit: str) -> str:
        """Say the unit."""
        return ("两" if said == "二" else said) + CHINESE_UNITS[unit]

    def decade(self, written: str) -> str:
        """Say "一九八零年代"."""
        return f"{self.digits(written)}年代"

    def percent(self, said: str) -> str:
        """Say per cent."""
        return "百分之" + ("百" if said == "一百" else said)

    def version(self, parts: Sequence[str]) -> str:
        """Say "三点一零"."""
        first, *others = parts
        return "点".join([self._whole(first), *map(self.digits, others)])

    def fraction(self, part: str, whole: str) -> str:
        """Say "二分之一"."""
        if len(whole) > 2 and whole.strip("0") != "1":
            return f"{self.plain(part)}比{self.plain(whole)}"
        return f"{self.plain(whole)}分之{self.plain(part)}"

    def _whole(self, written: str) -> str:
        if len(written) == _MOBILE and written[0] == "1" and written[1] in "3456789":
            return self.digits(written).translate(_ONE_ON_THE_PHONE)
        if len(written) > 1 and written[0] == "0":
            return self.digits(written)
        round_number = written.endswith("0000") and len(written) <= 15
        if len(written) > _LONGEST_CARDINAL and not round_number:
            return self.digits(written)
        return _cardinal(int(written or 0))


def _two_places(number: int) -> str:
    return f"零{_DIGITS[number]}" if 0 < number < 10 else _cardinal(number)


def _cardinal(number: int) -> str:
    """Say a whole number: 十, 一百零五, 两千, 一万零三百."""
    if number == 0:
        return "零"
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    said = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        text = _four(group, leading=not said)
        # A gap between groups is said once: 一万零五.
        if said and (group < 1000 or not groups[place + 1]) and not text.startswith("零"):
            text = "零" + text
        if place and text in ("二", "零二"):
            text = text.replace("二", "两")
        said += text + _GROUPS[place]
    return said


def _four(number: int, *, leading: bool) -> str:
    """Say one to four digits. ``leading``: nothing was said before, so 12 is 十二."""
    if leading and 10 <= number < 20:
        return "十" + (_DIGITS[number % 10] if number % 10 else "")
    said = ""
    gap = False
    for place, digit in zip((3, 2, 1, 0), f"{number:04d}", strict=True):
        if digit == "0":
            gap = bool(said)
            continue
        pair = digit == "2" and place >= 2
        said += ("零" if gap else "") + ("两" if pair else _DIGITS[int(digit)]) + _PLACES[place]
        gap = False
    return said
