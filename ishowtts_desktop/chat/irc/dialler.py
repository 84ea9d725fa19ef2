"""Reaches a server by the first of its endpoints that lets us in."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from ishowtts_desktop.chat.irc.connection import connect
from ishowtts_desktop.core.errors import CertificateError, ChatError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.chat.irc.connection import Endpoint, LineConnection


class Dialler:
    """Tries endpoints in order, beginning with the one that worked last.

    Servers are verified by ``tls``; None trusts what this computer trusts.
    """

    def __init__(
        self, endpoints: Sequence[Endpoint], tls: ssl.SSLContext | None, within: float
    ) -> None:
        self._endpoints = list(endpoints)
        self._tls = tls or ssl.create_default_context()
        self._within = within

    async def dial(self) -> LineConnection:
        """Connect; raises the first endpoint's `ChatError` when none can be reached."""
        problems: list[ChatError] = []
        for endpoint in list(self._endpoints):
            connection = await self._try(endpoint, problems)
            if connection is not None:
                self._endpoints.remove(endpoint)
                self._endpoints.insert(0, endpoint)
                return connection
        raise problems[0]

    async def _try(self, endpoint: Endpoint, problems: list[ChatError]) -> LineConnection | None:
        try:
            return await connect(endpoint, self._tls, self._within)
        except CertificateError:
            raise
        except ChatError as error:
            problems.append(error)
            return None
