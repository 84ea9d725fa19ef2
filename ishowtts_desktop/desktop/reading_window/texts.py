"""What users type made fit for the configuration: one line, and no half characters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNFIT: Final = ("Cc", "Zl", "Zp")


def one_line(text: str) -> str:
    """Return ``text`` as one line without blanks around it. Takes any string."""
    if text.isprintable():
        return text.strip()
    # Half of a surrogate pair can't be written to a file.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    kept = (" " if unicodedata.category(c) in _UNFIT else c for c in whole)
    return "".join(kept).strip()


def entries(lines: Iterable[str]) -> list[str]:
    """Return what stands on each line, each once, in the order it came in; empty lines don't."""
    return list(dict.fromkeys(entry for line in lines if (entry := one_line(line))))


def unmarked(text: str) -> str:
    """Return a caption without the sign of its access key, for a screen reader."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
