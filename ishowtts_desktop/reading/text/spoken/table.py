"""How the tables of words are written down."""

from __future__ import annotations


def words_of(table: str) -> tuple[str, ...]:
    """Return the words of ``table``, which white space separates."""
    return tuple(table.split())
