"""Links: an address is no sentence, so it is called "link" or left out."""

from __future__ import annotations

import regex

# An address ends where East Asian text begins: nobody there puts a space after it.
_ADDRESS = r"[^\s\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\u3000-\u303F<>\"]"
_CANDIDATE = regex.compile(
    rf"(?P<certain>(?:https?://|www\.){_ADDRESS}++)"
    r"|(?P<host>(?<![\p{Latin}\p{Cyrillic}\p{N}_.@%+-])[A-Za-z0-9][A-Za-z0-9@._%+-]*+)"
    rf"(?P<rest>(?::\d{{1,5}})?+(?P<path>[/?\#]{_ADDRESS}*+)?+)",
    regex.IGNORECASE,
)
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]{2}")
_AFTER = ".,;:!?'\")]}~*"
_DOMAINS = regex.compile(
    "com|net|org|edu|gov|info|biz|xyz|dev|tv|gg|io|ly|fm|cc|cn|hk|tw|jp|kr|ru|ua|de|fr|uk|eu|es|pl"
    "|nl|br|ca|au|nz|ch|se|in|us|wiki|shop|store|online|site|club|vip"
)
# Words too: "help.me", "done.so". Only a path makes them an address.
_DOMAINS_WITH_PATH = regex.compile("be|me|to|it|is|so|no|co|link|live|top|app|page|ai|sh")
_WORDS = {
    "zh": "链接",
    "yue": "連結",
    "ja": "リンク",
    "ko": "링크",
    "ru": "ссылка",
    "uk": "посилання",
    "fr": "lien",
    "es": "enlace",
    "tr": "bağlantı",
    "vi": "liên kết",
    "id": "tautan",
    "ar": "رابط",
    "th": "ลิงก์",
}


def word_for(language: str) -> str:
    """Return what a link is called in ``language``."""
    return _WORDS.get(language, "link")


def replace(text: str, word: str) -> str:
    """Put ``word`` for each URL, bare domain and mail address; the punctuation after it stays.

    Without a ``word`` a space stays where one was, so that what it parted is no word.
    """
    if "." not in text and "/" not in text:
        return text

    def said(match: regex.Match[str]) -> str:
        found: str = match[0]
        if match["certain"] is None and not _is_address(match["host"], match["path"]):
            return found
        kept = found[len(found.rstrip(_AFTER)) :]
        if not word:
            return kept or " "
        before = _gap(text[max(0, match.start() - 1) : match.start()], word[:1])
        after = _gap(word[-1:], text[match.end() : match.end() + 1])
        return f"{before}{word}{kept}{after}"

    return _CANDIDATE.sub(said, text)


def _gap(first: str, second: str) -> str:
    """Return the space between two words of which these are the ends: none inside Chinese."""
    if not (first.isalnum() and second.isalnum()):
        return ""
    return "" if _UNSPACED.fullmatch(first + second) else " "


def _is_address(host: str, path: str | None) -> bool:
    labels = host.rpartition("@")[2].rstrip(_AFTER).lower().split(".")
    if len(labels) < 2 or not all(labels):
        return False
    if path is not None and _DOMAINS_WITH_PATH.fullmatch(labels[-1]):
        return True
    return _DOMAINS.fullmatch(labels[-1]) is not None
