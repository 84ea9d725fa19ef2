"""Remembers the newest ids, so that nothing is heard twice after a reconnect."""

from __future__ import annotations

from collections import OrderedDict


class SeenIds:
    """A bounded set of ids that forgets the one not asked about for longest."""

    def __init__(self, capacity: int = 5000) -> None:
        self._capacity = capacity
        self._ids: OrderedDict[str, None] = OrderedDict()

    def add(self, id_: str) -> bool:
        """Remember ``id_``; tell whether it is new."""
        if id_ in self._ids:
            self._ids.move_to_end(id_)
            return False
        self._ids[id_] = None
        if len(self._ids) > self._capacity:
            self._ids.popitem(last=False)
        return True

    def __len__(self) -> int:
        return len(self._ids)
