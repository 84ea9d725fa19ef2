"""Two changes of one list, made at the same time: both count."""

from __future__ import annotations

from typing import Any


def merged(base: Any, mine: Any, theirs: Any) -> Any:  # noqa: ANN401 - a setting's value
    """Return ``theirs`` with all that makes ``mine`` differ from ``base``.

    Of lists and mappings each entry is looked at alone. Of anything else ``mine`` counts.
    """
    if theirs == base:
        return mine
    if isinstance(mine, list) and isinstance(base, list) and isinstance(theirs, list):
        known, others, own = _searchable(base), _searchable(theirs), _searchable(mine)
        kept = [entry for entry in mine if entry in others or entry not in known]
        return kept + [entry for entry in theirs if entry not in known and entry not in own]
    if isinstance(mine, dict) and isinstance(base, dict) and isinstance(theirs, dict):
        result = dict(theirs)
        for key in base.keys() - mine.keys():
            result.pop(key, None)
        result.update((key, value) for key, value in mine.items() if base.get(key) != value)
        return result
    return mine


def _searchable(entries: list[Any]) -> Any:  # noqa: ANN401 - what "in" can be asked of
    """Return something quick to search where that can be had: lists may have 10,000 words."""
    return frozenset(entries) if all(isinstance(entry, str) for entry in entries) else entries
