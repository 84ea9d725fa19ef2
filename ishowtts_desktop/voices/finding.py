"""The value that tells one thing that is wrong with a reference."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a stable ``code``, what it is, and what to do."""

    code: str
    message: str
    advice: str
