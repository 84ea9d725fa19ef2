"""What in a line isn't said as it is written: the patterns of dates, times, sums, words.

Alternatives stand in the order in which they are tried. None looks further than it takes, so a line
costs time in proportion to its length. What no token begins with is told first, and cheaply.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from ishowtts_desktop.reading.text.spoken.table import words_of
from ishowtts_desktop.reading.text.spoken.units import ENGLISH_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

# Only digits and letters of ASCII make "\\d" and "\\w": 我3pm到 has a time in it.
NUMBER: Final = (
    r"(?:(?<=€\s?)\d++,\d\d(?!\d)|\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?"
    r"|(?=\d)(?<!\d[ ]?)(?:\d{1,2}(?:[ ]\d{3}){2,4}|\d{1,3}(?:[ ]\d{3})?[ ]000)(?![\d.,:/]|[ ]\d)"
    r"|\d++(?:\.\d++)?|(?<![\w.])\.\d++)"
)
OPERATOR: Final = r"(?:\s?[+*×÷=^]\s?|(?<=\d)[x:/~–—](?=\d)|\s?-\s?|\s[<>]\s|[<>])"
_LONG_SCALES: Final = "百万|千(?![克米瓦])|万|亿|kk|KK|thousand|million|billion|trillion|mil|bn"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(regex.escape, sorted(words, key=len, reverse=True)))


MONTHS: Final = words_of("jan feb mar apr may jun jul aug sep oct nov dec")
_MONTH_NAMES: Final = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    "|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_LATIN: Final = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_MARKS: Final = "\u0300-\u036f"
_LETTER: Final = (
    f"{_LATIN}\u0370-\u1fff\u3040-\u9fff\ua000-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD_UNITS: Final = _any_of(unit for unit in ENGLISH_UNITS if len(unit) > 1)
_LETTER_UNITS: Final = _any_of(unit for unit in ENGLISH_UNITS if len(unit) == 1)
_SCREENS: Final = (
    "画质|屏|分辨率|视频|电视|显示|超清|高清|蓝光|直播|摄像|video|monitor|screen|TV"
    r"|resolution|[0-9]{2,3} ?fps"
)
_SCORE_BEHIND: Final = (
    r"(?:比分|打成|战成|总分)[是为到]?\s?"
    r"|(?:score|won|lost|wins|lose|leading|lead)(?:\sis|\swas)?\s"
)
_SCORE_AHEAD: Final = "领先|落后|获胜|大胜|战平|输|赢"
# What ends a number that a range goes from: "9点-12点", "3月1日-5日".
_COUNTERS: Final = "点月日号楼年级岁层关章集周天时分季期"
_HALF_DAY: Final = r"\d{1,2}\s?[aApP]\.?[mM](?![A-Za-z])"
# The codes of one and two digits; all others have three.
_COUNTRIES: Final = "1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
_CODES: Final = "USD|EUR|GBP|RMB|CNY|JPY"

TOKEN: Final = regex.compile(
    rf"""
    (?![\u3000-\u9fff\uac00-\ud7ff])(?:
    (?P<address>[A-Za-z]{{2,10}}://\S++)
  | (?P<emoticon>(?<![\w:;=])(?:[:;]['-]?[DPpOo3)(\]\[|/\\]|=['-]?[DP)(]|[xX]D+|(?:<3+)+|</3
        |T[_.]T|>[_.]<|-_+-|\^[_.]?\^|[oO]_+[oO]|QAQ|QwQ)(?![\w/])
      |[ ]?\u0304?\\_\([^\s\w]\)_/(?:[ ]?\u0304)?)
  | (?P<date>(?<![\d.])(?P<year>(?:19|20)\d\d)(?P<dash>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=dash)
        (?P<day>[12]\d|3[01]|0?[1-9])(?![\d.]\d|\d))
  | (?P<usdate>(?<![\d./-])(?P<usmonth>1[0-2]|0?[1-9])/(?P<usday>[12]\d|3[01]|0?[1-9])
        /(?P<usyear>(?:19|20)\d\d)(?!\d))
  | (?P<monthday>(?<!\w)(?P<name>{_MONTH_NAMES})\.?[ ](?P<nth>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?
        (?![\w:%]|[.,/-]\d)(?:,?[ ](?P<inyear>(?:19|20)\d\d)(?!\w))?)
  | (?P<dotday>(?=\d)(?<![\d.])(?P<dotmonth>1[0-2]|0?[1-9])\.(?P<dotnth>[12]\d|3[01]|0?[1-9])
        (?=[号日](?!电池|线|机)))
  | (?P<time>(?=\d)(?<![\d:.$€£¥])(?<!{_SCORE_BEHIND})
        (?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?
        (?![\d:]|\.\d|{_SCORE_AHEAD})(?:\s?(?P<half>[aApP])\.?[mM](?![A-Za-z]))?)
  | (?P<until>(?=[\s~–—-])(?:(?<=[\dmM]\s?)\s?[-~–—]\s?(?=[0-2]?\d:[0-5]\d|{_HALF_DAY})
      | (?<=:[0-5]\d)[-~–—](?=\d{{1,2}}(?![\d:.])) | (?<=\d[{_COUNTERS}])[-~–—](?=\d)
      | (?<=%)\s?[-~–—]\s?(?=\d++(?:\.\d++)?%)|(?<=\d)[-~–—](?=[$€£¥]\d)))
  | (?P<per>(?<=[\d元块€$¥kKM])/(?=[年月天人个斤周次]
        |(?:month|year|day|hour|hr|yr|week|person)(?![A-Za-z])))
  | (?P<span>(?<![\w.])(?P<hours>\d{{1,3}})\s?h(?:rs?)?\s?(?P<minutes>\d{{1,2}})
        \s?m(?:ins?)?(?![A-Za-z\d]))
  | (?P<feet>(?<![\w.])(?P<foot>[3-8])'(?P<inch>1[01]|\d)(?:"|''|(?![\w'])))
  | (?P<mixed>(?<![\w./])(?P<wholes>\d{{1,4}})[ ](?P<part>[1-9])/(?P<parts>[2-9])(?![\w/.]))
  | (?P<power>(?<=[A-Za-z])\^(?P<exponent>[23])(?!\d))
  | (?P<oclock>(?<![\d:.])(?P<at>1[0-2]|0?[1-9])\s?(?P<ampm>[aApP])\.?[mM](?![A-Za-z]))
  | (?P<version>(?<![A-Za-z\d])(?P<v>v(?:er)?\.?|V(?=\d+\.))(?P<of>\d++(?:\.\d++)*+)(?!\w)
      | (?<![\w.])(?P<dotted>\d++(?:\.\d++){{2,}}+)(?!\w))
  | (?P<level>(?<![A-Za-z])[lL][vV]\.?\s?(?P<reached>\d++)(?![\w]|\.\d))
  | (?P<ordinal>(?<![\w.])(?P<rank>\d{{1,6}}|\d{{1,3}},\d{{3}})
        (?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z]))
  | (?P<lines>(?<![\w.])(?P<rows>\d{{3,4}})[pP](?![A-Za-z]))
  | (?P<bigk>(?<![\w.])(?P<ks>[248])(?:K(?![A-Za-z\d])|k(?=\s?(?:{_SCREENS}))))
  | (?P<hex>(?<![\w.])0x(?=[0-9A-Fa-f])(?P<hexed>[0-9A-Fa-f]{{1,12}})(?!\w))
  | (?P<times>(?<![\w.])(?:(?:[xX](?!26[45]|86|64)|×\s?)(?P<after>\d++)(?![\w.,])
        |(?P<before>\d{{1,3}}(?:\.\d++)?(?=[xX])|\d++(?=x))[xX](?![\w])))
  | (?P<phone>(?<![\w+])\+(?P<country>{_COUNTRIES}|\d{{3}})[ -]?(?=(?:[ -]?\d){{6}})
        (?P<line>\d{{2,}}(?:[ -]\d{{2,}}){{0,4}}))
  | (?P<quantity>
        (?P<sign>(?<![\w)\].%])[+~±≈-](?=[\d.$€£¥]))?
        (?P<hash>\#|(?<![A-Za-z])(?:N[oO]\.\s?|no\.))?
        (?P<currency>(?<![A-Z])(?:(?:US|HK|NT|CA?|AU?|S|R)\$|{_CODES})\s?|[$€£¥₩₽₹]\s?)?
        (?P<chain>{NUMBER}(?:{OPERATOR}(?!{_HALF_DAY}){NUMBER})*+)
        (?P<equals>\s?=(?!\s?\w))?
        (?:\s?(?P<percent>%))?
        (?:\s?(?P<scale>{_LONG_SCALES})(?![A-Za-z\d])|(?P<letter>[kKmMbBwW])(?![A-Za-z\d^]|/[sh]))?
        (?:\s?(?P<paid>[$€£¥₩₽₹](?!\s?\d)|(?:{_CODES})(?![A-Za-z])|(?<=\.\d)块))?
        (?:(?P<unit>\s?(?:{_WORD_UNITS})|{_LETTER_UNITS})(?![A-Za-z\d^]|/(?:[hs](?![A-Za-z])|[A-Z])))?
        (?P<more>\+(?![\s\d+]*\d))?
    )
  | (?P<letters>(?<![A-Za-z])[A-Z]{{1,3}}&[A-Z]{{1,3}}(?![A-Za-z]))
  | (?P<areyou>(?<![\w'])r[ ]u(?![\w']))
  | (?P<mention>(?<![\w.])@(?=[{_LETTER}0-9_]))
  | (?P<hashtag>\#(?=[{_LETTER}])|(?<=\#[{_LETTER}][^\s\#]{{0,40}})\#)
  | (?P<sum>(?<=[{_LETTER}0-9]\s?)\+(?=\s?[{_LETTER}0-9])|(?<=[^&]\s?)&(?!&|\w{{2,6}};|$))
  | (?P<plusplus>(?<![A-Za-z])(?:[A-Za-z]\+\+|[CF]\#(?!\w)))
  | (?P<with>(?<![A-Za-z\d])[wW]/o?(?![^\s]))
  | (?P<word>(?<![A-Za-z\d])(?:[uU]1[sS]1|[gG]2[gG]|[gG][rR]8|[lL]8[rR]|m8|b4|[wh]8)
        (?![A-Za-z\d.:])
        |[{_LATIN}][{_LATIN}{_MARKS}]*+(?:['’][{_LATIN}]++)*+)
  | (?P<joint>_+))
    """,
    regex.VERBOSE | regex.ASCII,
)
