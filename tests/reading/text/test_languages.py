"""Which language a line is in, and what is done with one that may be in several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.preparations import Preparations
from ishowtts_desktop.reading.preview import Preview
from ishowtts_desktop.reading.text.common_words import LETTERS, PIECES, WORDS
from ishowtts_desktop.reading.text.language import DETECTABLE, Languages, detect_language, primary
from ishowtts_desktop.reading.text.latin import LatinLanguages
from ishowtts_desktop.reading.text.prepare import Prepared
from ishowtts_desktop.reading.text.spoken import slang
from tests.support.lines import LINES
from tests.support.messages import chat

# Forty lines of chat in English, twenty in each of ten others, written before the tables were.
_FILE = Path(__file__).parents[2] / "data" / "languages.tsv"
CORPUS = [line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines()[1:]]
TAGS = sorted({tag for tag, _ in CORPUS} - {"en"})


def said(line: str, hint: str = "", **sections: Any) -> str:
    """Return what is said of ``line``, or "!" and why nothing is."""
    result = Preview(Config.model_validate(sections)).of(chat(line), hint=hint).result
    return result.text if isinstance(result, Prepared) else f"!{result.value}"


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_is_told_from_english_on_short_lines(tag: str) -> None:
    languages = Languages([tag])
    guesses = [(spoken, languages.of(line)) for spoken, line in CORPUS if spoken in (tag, "en")]
    right = sum(guess.language == spoken for spoken, guess in guesses)
    # English is also what it is if nothing tells.
    assert right >= len(guesses) - 1
    assert [each for each in guesses if not each[1].maybe and each[1].language != each[0]] == []


def test_eleven_languages_in_use_are_told_apart() -> None:
    languages = Languages(TAGS)
    guesses = [(spoken, languages.of(line)) for spoken, line in CORPUS]
    assert sum(guess.language == spoken for spoken, guess in guesses) >= 230
    assert [each for each in guesses if not each[1].maybe and each[1].language != each[0]] == []


@pytest.mark.parametrize(
    ("tags", "line", "best", "maybe"),
    [
        # An ending alone is too little, and so is one short word.
        (["de"], "weltmeisterschaft", "de", {"de", "en"}),
        (["de"], "danke", "de", {"de", "en"}),
        (["de"], "danke supermario", "de", {"de"}),
        # Two tell more than one, and a letter that a language hasn't tells against it.
        (["fr", "es"], "tu niño", "es", {"es"}),
        (["fr", "es"], "tu xxx", "", {"en", "fr", "es"}),
        (["sv"], "hej alla", "", {"en"}),
        # However its capitals and apostrophes are written.
        (["tr"], "İYİ İnsan", "tr", {"tr", "en"}),
        (["fr"], "J’AI C’EST", "fr", {"fr"}),
    ],
)
def test_how_sure_a_line_is(tags: list[str], line: str, best: str, maybe: set[str]) -> None:
    assert LatinLanguages(tags).of(line) == (best, maybe)


def test_the_tables_are_of_the_same_languages() -> None:
    assert WORDS.keys() == LETTERS.keys() == PIECES.keys() <= set(DETECTABLE)
    assert all(word == word.lower() for words in WORDS.values() for word in words)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("مرحبا كيف حالك 3", "ar"),
        ("سلام چطوری پسر", "fa"),
        ("آپ کیسے ہیں ڈر", "ur"),
        ("สวัสดี 555", "th"),
        ("שלום לכולם", "he"),
        ("καλησπέρα σε όλους", "el"),
        ("नमस्ते दोस्तों", "hi"),
        ("გამარჯობა", "ka"),
        ("привіт, як справи", "uk"),
        ("сәлем қалайсың", "kk"),
        ("привет всем", "ru"),
        ("the λ calculus of Alonzo", "en"),
        ("the λλ calculus of Alonzo", "en"),
        ("(´・ω・`) wow", "en"),
        ("ಠ_ಠ", "en"),
        ("佢哋喺度做緊嘢", "zh"),
    ],
)
def test_a_script_tells_its_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("in_use", "text", "hint", "language", "maybe"),
    [
        # One word of four letters is no proof of anything.
        (["fr"], "lol", "", "en", {"fr"}),
        (["fr"], "lol", "fr", "fr", {"en"}),
        (["es"], "hola", "", "es", {"en"}),
        (["fr"], "gg yyds", "fr", "zh", set()),
        (["uk"], "добре", "", "ru", {"uk"}),
        (["uk"], "добре", "uk", "uk", {"ru"}),
        (["uk"], "это мы", "uk", "ru", set()),
        (["fa"], "سلام", "", "ar", {"fa"}),
        (["yue"], "佢哋喺度做緊嘢", "", "yue", {"zh"}),
        (["yue"], "你好", "", "zh", {"yue"}),
        (["ja"], "最高", "", "zh", {"ja"}),
        (["ja"], "最高", "ja", "ja", {"zh"}),
        (["ja"], "今天的直播真的太好看了", "ja", "zh", set()),
        (["sv"], "hej alla", "", "en", {"sv"}),
        (["fr"], "7", "", "en", {"fr", "zh"}),
    ],
)
def test_what_a_line_may_be_in_is_told(
    in_use: list[str], text: str, hint: str, language: str, maybe: set[str]
) -> None:
    assert Languages(in_use).of(text, hint) == (language, maybe)


@pytest.mark.parametrize("line", ["6", "1", "66", "2024", "？1", "6.18", "20:00", "3:2", "100w"])
def test_a_line_without_letters_is_in_the_language_of_the_chat(line: str) -> None:
    # GIVEN a line that doesn't tell its language, WHEN the chat was Chinese lately
    chinese = said(line, "zh")
    # THEN its numbers are Chinese; nothing makes words of them in an Arabic one.
    assert not chinese.isascii()
    assert said(line, "en").isascii()
    assert any(each.isdigit() for each in said(line, "ar"))


def test_numbers_are_chinese_slang_where_the_chat_is_not_another() -> None:
    assert [said("555", hint) for hint in ("", "zh", "en", "th")] == [
        "呜呜呜",
        "呜呜呜",
        "five five five",
        "555",
    ]


def test_korean_letters_are_said_as_they_are_written() -> None:
    assert said("수고ㄳ ㅋㅋ") == "수고ㄳ ㅋㅋ"


def test_the_name_of_an_emoji_and_of_a_link_alone_follow_the_chat() -> None:
    assert said("😀", "zh", reading={"emoji": "name"}) != said(
        "😀", "en", reading={"emoji": "name"}
    )
    assert said("https://example.com", "zh") == "链接"


@pytest.mark.parametrize(
    ("languages", "line", "spoken"),
    [
        (["fr"], "salut tout le monde", "salut tout le monde"),
        (["fr"], "j'ai 3 chats à la maison", "j'ai 3 chats à la maison"),
        (["fr"], "hello everyone how are you", "!language"),
        (["fr"], "привет", "!language"),
        (["fr"], "lol", "lol"),
        (["fr"], "7", "seven"),
        (["FR-ca"], "salut tout le monde", "salut tout le monde"),
        (["en"], "hello", "hello"),
        (["en"], "สวัสดี", "!language"),
        (["en"], "שלום לכולם", "!language"),
        (["zh"], "hello", "!language"),
        (["zh"], "7", "seven"),
        (["uk"], "добре", "добре"),
        # Nobody can tell Swedish, so such a rule mustn't silence the chat.
        (["sv"], "hej alla", "hej alla"),
        (["sv"], "привет", "привет"),
        (["sv"], "你好", "你好"),
        (["sv", "ru"], "hej alla", "hej alla"),
    ],
)
def test_a_line_is_refused_for_its_language_only_when_it_is_sure(
    languages: list[str], line: str, spoken: str
) -> None:
    assert said(line, rules={"languages": languages}) == spoken


@pytest.mark.parametrize(
    "sections",
    [
        {"casting": {"languages": {"de": "anna"}}},
        {"words": {"pronunciations": [{"written": "x", "spoken": "y", "language": "de-AT"}]}},
    ],
)
def test_numbers_of_a_language_in_use_stay_digits(sections: dict[str, Any]) -> None:
    assert said("Ich habe 3 Katzen", **sections) == "Ich habe 3 Katzen"
    assert said("I have 3 cats", **sections) == "I have three cats"
    # By default nobody asks for German.
    assert said("Ich habe 3 Katzen") == "Ich habe three Katzen"


def test_the_reading_minds_the_languages_in_use_and_their_changes() -> None:
    config = Config()
    preparations = Preparations(config)
    line = chat("Ich habe 3 Katzen")
    for tags, language in (([], "en"), (["de"], "de")):
        config.rules.languages = tags
        result = preparations.of(config).prepare(line)
        assert isinstance(result, Prepared)
        assert result.language == language


@given(text=LINES)
def test_by_default_the_script_and_slang_tell_all(text: str) -> None:
    assert Languages().of(text).language == (slang.language_of(text) or detect_language(text))


@given(
    text=LINES,
    in_use=st.lists(st.sampled_from([*DETECTABLE, "sv", ""])),
    hint=st.sampled_from(["", *DETECTABLE]),
)
def test_any_line_is_in_some_language(text: str, in_use: list[str], hint: str) -> None:
    language, maybe = Languages(in_use).of(text, hint)
    assert language in DETECTABLE
    assert language not in maybe
    assert maybe <= {*map(primary, in_use), "en", "zh", "ru", "ar"}


def test_a_fixed_language_is_never_guessed() -> None:
    config = Config.model_validate({"rules": {"languages": ["fr"]}})
    result = Preview(config, "fr-FR").of(chat("hello everyone how are you 3")).result
    assert isinstance(result, Prepared)
    assert (result.language, result.maybe) == ("fr", frozenset())
    assert Preview(config, "en").of(chat("bonjour")).result is Reason.LANGUAGE
