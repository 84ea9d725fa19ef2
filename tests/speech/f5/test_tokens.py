"""Tokens: what the stock package gives the model, number by number, and never an exception."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.tokens import UNKNOWN, Vocabulary, tokens, words
from tests.support.stock_text import StockText, vocabulary_file

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = (
    "",
    " ",
    "gg",
    "Hello, world! It's 3:45 pm; \"quoted\" -- and 'so' on…",
    "nice   plays\tand\nlines",
    "“Curly” ‘quotes’; semicolons;",
    "你好，世界！",
    "你好你好，展览馆里有一百个人。一个，不是，不要，不去",
    "重庆的银行行长长大了，他还没还钱",
    "草，666，这波 NB 啊 6666",
    "主播主播，打个LOL好不好，我看你行der",
    "〇一二三，二〇二六年 零〇",
    "漢字かな交じり文、ありがとうございます。カタカナー",
    "안녕하세요 여러분! ㅋㅋㅋ",
    "Привет, мир! Ça va? Übergröße, naïve café, ñandú",
    "שלום עולם مرحبا हिन्दी ไทย",
    "emoji 😀👨‍👩‍👧‍👦🇩🇪❤️ between",
    "ＦＵＬＬ　ｗｉｄｔｈ１２３",
    "㐀㐁𠮷𠀀豈更車",
    "ㄅㄆㄇ々〆〻",
    "https://example.com/a_b?c=1&d=2#e",
    "a中b文c，d。e",
    "C++和C#，5%的T恤，A.B-C_d",
    "\u200b\u200d\ufeff\u0301\u0000\u001f",
)
# What chat is made of; unrestricted text alone would hardly ever hold two Chinese signs in a row.
CHAT = st.text(
    st.one_of(
        st.sampled_from("的一是不了人我在有他这中大来上国个到说们行长重还得地着〇々"),
        st.sampled_from(" aZ09.,;:!?'\"-+#&%_“”‘’，。！？、…"),
        st.characters(min_codepoint=0x2E80, max_codepoint=0xFAFF, exclude_categories=("Cs",)),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def stock() -> StockText:
    return StockText.load()


@pytest.fixture(scope="module")
def published() -> Vocabulary:
    return Vocabulary.load(vocabulary_file())


def test_the_published_vocabulary_is_read_as_the_stock_package_reads_it(
    stock: StockText, published: Vocabulary
) -> None:
    assert (dict(published.numbers), published.size) == stock.vocabulary(vocabulary_file())
    assert published.size == 2545


@pytest.mark.parametrize("text", CORPUS)
def test_the_numbers_are_the_stock_package_s(
    text: str, stock: StockText, published: Vocabulary
) -> None:
    assert published.ids(text) == stock.ids(text, dict(published.numbers))


@settings(max_examples=400, deadline=None)
@given(text=CHAT)
def test_any_text_gives_the_stock_package_s_tokens(text: str, stock: StockText) -> None:
    try:
        expected = stock.tokens(text)
    except IndexError:
        # It trips over some words that have no pinyin; ours has to get through nevertheless.
        expected = None
    found = tokens(text)
    assert expected is None or found == expected
    assert "".join(words(text)) == text


def test_the_tones_of_a_word_depend_on_each_other() -> None:
    assert tokens("你好") == [" ", "ni2", " ", "hao3"]
    assert tokens("你") == [" ", "ni3"]


def test_what_has_no_token_becomes_the_space(published: Vocabulary) -> None:
    assert published.ids("a😀b") == [published.numbers["a"], UNKNOWN, published.numbers["b"]]


def test_half_of_a_surrogate_pair_is_a_question_mark(published: Vocabulary) -> None:
    assert published.ids("a\ud83d") == published.ids("a?")


def test_a_token_that_is_there_twice_gives_no_number_beyond_the_embedding(tmp_path: Path) -> None:
    # GIVEN a vocabulary of three different tokens on four lines
    path = tmp_path / "vocab.txt"
    path.write_text(" \na\na\nb\n", encoding="utf-8")
    vocabulary = Vocabulary.load(path)
    # THEN every number is one that an embedding of three tokens has
    assert vocabulary.size == 3
    assert vocabulary.ids("ab") == [2, UNKNOWN]


@pytest.mark.parametrize("content", [b" \r\na\r\nb\r\n", b" \na\nb", b" \n\n\na\n\xe2\x80\xa8\n"])
def test_odd_line_ends_are_read_as_the_stock_package_reads_them(
    content: bytes, tmp_path: Path, stock: StockText
) -> None:
    path = tmp_path / "vocab.txt"
    path.write_bytes(content)
    vocabulary = Vocabulary.load(path)
    assert (dict(vocabulary.numbers), vocabulary.size) == stock.vocabulary(path)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "is empty"),
        (b"a\n \n", "is 'a'"),
        (b"\xef\xbb\xbf \na\n", "should be a space"),
        (b" \n\xff\xfe\n", "UTF-8"),
        (b" \na\n \n", "should be a space"),
    ],
)
def test_a_file_that_is_no_vocabulary_says_why(content: bytes, found: str, tmp_path: Path) -> None:
    path = tmp_path / "vocab.txt"
    path.write_bytes(content)
    with pytest.raises(EngineError, match=found) as caught:
        Vocabulary.load(path)
    assert str(path) in caught.value.message
    assert caught.value.advice


@pytest.mark.parametrize("name", ["folder", "missing.txt"])
def test_a_folder_or_nothing_is_no_vocabulary(name: str, tmp_path: Path) -> None:
    tmp_path.joinpath("folder").mkdir()
    with pytest.raises(EngineError, match="can't be read"):
        Vocabulary.load(tmp_path / name)


@pytest.mark.parametrize(("package", "text"), [("rjieba", "hello"), ("pypinyin", "你好")])
def test_a_missing_dictionary_tells_what_to_install(
    package: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(EngineError, match=package) as caught:
        tokens(text)
    assert "pip install" in caught.value.advice


def test_the_text_modules_import_neither_torch_nor_a_dictionary() -> None:
    code = (
        "import sys\n"
        "from ishowtts_desktop.speech.f5 import cuts, duration, tokens\n"
        "print(*{'torch', 'rjieba', 'pypinyin', 'numpy', 'regex'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
