"""Text made fit for a log: no secrets in it, and nothing that a terminal would obey."""

from __future__ import annotations

import re
import threading
import unicodedata
from urllib.parse import quote

_MASK = "***"
_SHORTEST_SECRET = 4
_PATTERNS = (
    (re.compile(r"\boauth:[^\s\"'&,;]+", re.IGNORECASE), f"oauth:{_MASK}"),
    (re.compile(r"\b(bearer|basic)\s+[\w\-.~+/]+=*", re.IGNORECASE), rf"\1 {_MASK}"),
    (
        re.compile(
            r"((?:\b|_)(?:token|secret|password|passwd|api_?key|key)[\"']?\s*[=:]\s*)"
            r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'&,;)}\]]+)",
            re.IGNORECASE,
        ),
        rf"\1{_MASK}",
    ),
    (re.compile(r"(\w://)[^\s/@]+@"), rf"\1{_MASK}@"),
)
_OBEYED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


class Redactor:
    """Knows the secrets of this run and masks them, and whatever looks like one. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._secrets: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return "<Redactor>"

    def add(self, secret: str) -> None:
        """Mask ``secret`` from now on. Under four characters it is too common a word to mask."""
        if len(secret) < _SHORTEST_SECRET:
            return
        forms = {secret, repr(secret)[1:-1], quote(secret, safe="", errors="replace")}
        with self._lock:
            self._secrets |= forms

    def redact(self, text: str) -> str:
        """Return ``text`` with every secret masked."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, _MASK)
        for pattern, mask in _PATTERNS:
            text = pattern.sub(mask, text)
        return text


def inert(text: str) -> str:
    r"""Write control, direction and other invisible characters as ``\xNN`` or ``\uNNNN``.

    Chat text is in the log: it must not colour a terminal, move its cursor or forge a line.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _escape(char) if unicodedata.category(char) in _OBEYED else char for char in text
    )


def _escape(char: str) -> str:
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
