"""What is written in numbers and signs, as English people say it."""

from __future__ import annotations

import pytest

from ishowtts_desktop.core.reading_config import WordsConfig
from ishowtts_desktop.reading.text.spoken.speller import Speller


def spoken(text: str) -> tuple[str, tuple[str, ...]]:
    return Speller(WordsConfig()).speak(text, "en")


def says(text: str) -> str:
    return spoken(text)[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "zero"),
        ("13", "thirteen"),
        ("20", "twenty"),
        ("21", "twenty-one"),
        ("100", "one hundred"),
        ("115", "one hundred fifteen"),
        ("1001", "one thousand one"),
        ("12,345", "twelve thousand three hundred forty-five"),
        ("1,000,000", "one million"),
        ("5000000000", "five billion"),
        ("3.14", "three point one four"),
        ("0.5", "zero point five"),
        (".5", "point five"),
        ("007", "zero zero seven"),
        ("5551234567", "five five five one two three four five six seven"),
        ("1" * 500, " ".join(["one"] * 12)),
    ],
)
def test_numbers(number: str, said: str) -> None:
    assert says(f"so {number} it") == f"so {said} it"


@pytest.mark.parametrize(
    ("text", "said", "step"),
    [
        ("$1,234.50", "one thousand two hundred thirty-four dollars and fifty cents", "money"),
        ("$1", "one dollar", "money"),
        ("$1.00", "one dollar", "money"),
        ("$.00", "zero dollars", "money"),
        ("$0.01", "one cent", "money"),
        ("£2.50", "two pounds and fifty pence", "money"),
        ("5€", "five euros", "money"),
        ("20 USD", "twenty dollars", "money"),
        ("$5k", "five thousand dollars", "money"),
        ("$1.5M", "one point five million dollars", "money"),
        ("$10-20", "ten to twenty dollars", "money"),
        ("50%", "fifty percent", "percent"),
        ("10-20%", "ten to twenty percent", "percent"),
        ("5k subs", "five thousand subs", "number"),
        ("1.5M views", "one point five million views", "number"),
        ("14:30", "fourteen thirty", "time"),
        ("3:05", "three oh five", "time"),
        ("8:00", "eight o'clock", "time"),
        ("20:00", "twenty hundred", "time"),
        ("00:00", "midnight", "time"),
        ("3pm", "three P M", "time"),
        ("7:30 a.m. sharp", "seven thirty A M. sharp", "time"),
        ("20:15:30", "twenty hours fifteen minutes thirty seconds", "time"),
        ("18:00-20:00", "eighteen hundred to twenty hundred", "range"),
        ("2024-05-20", "May twentieth, twenty twenty-four", "date"),
        ("5/20/2024", "May twentieth, twenty twenty-four", "date"),
        ("Dec 25th", "December twenty-fifth", "date"),
        ("Sept. 3, 2001", "September third, two thousand one", "date"),
        ("100km/h", "one hundred kilometers per hour", "unit"),
        ("1 kg", "one kilogram", "unit"),
        ("25°C", "twenty-five degrees Celsius", "unit"),
        ("5ms", "five milliseconds", "unit"),
        ("5m tall", "five meters tall", "unit"),
        ("2h 30m", "two hours thirty minutes", "unit"),
        ("16GB", "sixteen gigabytes", "unit"),
        ("1080p", "ten eighty P", "unit"),
        ("4K", "four K", "unit"),
        ("the 90s", "the nineties", "unit"),
        ("the 1980s", "the nineteen eighties", "unit"),
        ("30s", "thirty seconds", "unit"),
        ("lv5", "level five", "unit"),
        ("v1.2.3", "version one point two point three", "version"),
        ("Python 3.10", "Python three point ten", "version"),
        ("1.2.3", "one point two point three", "version"),
        ("1st", "first", "ordinal"),
        ("20th", "twentieth", "ordinal"),
        ("22nd", "twenty-second", "ordinal"),
        ("112th", "one hundred twelfth", "ordinal"),
        ("3:1", "three to one", "ratio"),
        ("2-0", "two to zero", "ratio"),
        ("10-20", "ten to twenty", "range"),
        ("2019-2023", "twenty nineteen to twenty twenty-three", "range"),
        ("1/2", "one half", "fraction"),
        ("3/4", "three quarters", "fraction"),
        ("2/3", "two thirds", "fraction"),
        ("9/10", "nine out of ten", "fraction"),
        ("24/7", "twenty-four seven", "fraction"),
        ("5/2/8", "five, two, eight", "number"),
        ("4-4-2", "four four two", "number"),
        ("555-123-4567", "five five five, one two three, four five six seven", "digits"),
        ("+1 5551234567", "plus one five five five one two three four five six seven", "digits"),
        ("call 911", "call nine one one", "digits"),
        ("1+1=2", "one plus one equals two", "math"),
        ("6 / 2", "six / two", "number"),
        ("5 - 3 = 2", "five minus three equals two", "math"),
        ("5 > 3", "five is greater than three", "math"),
        ("1920x1080", "nineteen twenty by ten eighty", "math"),
        ("1v1", "one v one", "number"),
        ("B2B", "B two B", "number"),
        ("9:30-10:30", "nine thirty to ten thirty", "range"),
        ("50%-60%", "fifty percent to sixty percent", "range"),
        ("$10-$20", "ten dollars to twenty dollars", "range"),
        ("$5/month", "five dollars per month", "unit"),
        ("$20/hr", "twenty dollars per hour", "unit"),
        ("4k 60fps", "four K sixty F P S", "unit"),
        ("4k views", "four thousand views", "number"),
        ("50¢", "fifty cents", "unit"),
        ("€5,50 each", "five euros and fifty cents each", "money"),
        ("5800X", "five thousand eight hundred X", "number"),
        ("1000x", "one thousand times", "math"),
        ("1h30m", "one hour thirty minutes", "unit"),
        ("5'11\"", "five foot eleven", "unit"),
        ("6'2 tall", "six foot two tall", "unit"),
        ("8GB/s", "eight gigabytes per second", "unit"),
        ("20m^2", "twenty square meters", "unit"),
        ("9.5/10", "nine point five out of ten", "fraction"),
        ("3 1/2 stars", "three and a half stars", "fraction"),
        ("2 2/3", "two and two thirds", "fraction"),
        ("on 11/20", "on November twentieth", "date"),
        ("1/16", "one sixteenth", "fraction"),
        ("10^2 = 100", "ten squared equals one hundred", "math"),
        ("2^8", "two to the power of eight", "math"),
        ("x^3", "x cubed", "math"),
        ("111", "one one one", "digits"),
        ("333 points", "three hundred thirty-three points", "number"),
        ("AT&T", "A T and T", "sign"),
        ("C#", "C sharp", "sign"),
        ("x12", "times twelve", "math"),
        ("3x", "three times", "math"),
        ("+1", "plus one", "sign"),
        ("-5", "minus five", "sign"),
        ("#1", "number one", "sign"),
        ("100+", "one hundred plus", "number"),
        ("hi @bob", "hi at bob", "sign"),
        ("Q&A", "Q and A", "sign"),
        ("#winning", "hashtag winning", "sign"),
        ("C++", "C plus plus", "sign"),
        ("since 1999", "since nineteen ninety-nine", "number"),
        ("in 2005", "in two thousand five", "number"),
        ("in 1900", "in nineteen hundred", "number"),
        ("RTX 5000", "R T X five thousand", "number"),
        ("H050", "H zero five zero", "digits"),
        ("2000 points", "two thousand points", "number"),
        ("RTX 4090", "R T X forty ninety", "number"),
        ("a 3060", "a thirty sixty", "number"),
        ("Xbox360", "Xbox three sixty", "number"),
        ("PS5", "P S five", "number"),
        ("i7-12700K", "i seven twelve thousand seven hundred K", "number"),
    ],
)
def test_what_is_written_short_is_said_in_full(text: str, said: str, step: str) -> None:
    assert (says(text), step in spoken(text)[1]) == (said, True)


@pytest.mark.parametrize(
    "text", ["hello there", "a.b", "and/or", "e-mail", "https://a.com/1?b=2", "R&amp;B"]
)
def test_what_is_plain_stays(text: str) -> None:
    assert spoken(text) == (text, ())
