"""What is private isn't said, however it is broken up."""

from __future__ import annotations

import pytest

from ishowtts_desktop.core.reading_config import PrivateConfig, RulesConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.rules.words import WordFilter


def refused(text: str, *private: str) -> Reason | None:
    return WordFilter(RulesConfig(), PrivateConfig(words=list(private))).reason_for(text)


@pytest.mark.parametrize(
    ("entry", "texts"),
    [
        ("Johnson", ("john son", "JOHN.SON", "j o h n s o n", "j0hnson", "Johnsons", "Johnson's")),
        (
            "john smith",
            ("John, Smith", "john: smith", 'john "smith"', "john (smith)", "johnsmiths"),
        ),
        ("Maple Street 12", ("maple street 12", "MapleStreet12", "maple-street, 1 2")),
        (
            "221B Baker Street",
            ("221B, Baker Street", "221b: baker-street", "at 221B Bäker Street!"),
        ),
        ("5551234", ("555-12 34", "(555) 1234", "555, 1234", "15551234", "5551234567")),
        ("李雷", ("住在李 雷家", "李-雷")),
        ("王小明", ("王，小明来了", "王(小)明", "王“小明”")),
        ("🏠", ("my 🏠",)),
    ],
)
def test_it_is_found_in_parts(entry: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        assert refused(text, entry) is Reason.PRIVATE_WORD, text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "138,1234,5678",
            "(138) 1234 5678",
            "138:1234:5678",
            "8613812345678",
            "+86 138-1234-5678",
        ),
        *(
            "138.1234.5678",
            "138，1234，5678",
            "138!1234!5678",
            "[138][1234][5678]",
            "１３８1234 5678",
        ),
    ],
)
@pytest.mark.parametrize("entry", ["13812345678", "138 1234 5678", "138-1234-5678"])
def test_a_telephone_number_is_found_however_it_is_grouped(entry: str, text: str) -> None:
    assert refused(text, entry) is Reason.PRIVATE_WORD


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("Ana", "an a is an apple"),
        ("Ana", "an, a"),
        ("Johnson", "Johnsonville"),
        ("Johnson", "that is John, son of Jack"),
        ("John Smith", "John and Smith"),
        ("13812345678", "15812345678"),
        ("13812345678", "1381234 and 5678"),
        ("1234", "12:34"),
        ("123456", "1234567"),
        ("李雷", "小李，雷声真大"),
    ],
)
def test_what_has_its_parts_by_chance_is_read(entry: str, text: str) -> None:
    assert refused(text, entry) is None
