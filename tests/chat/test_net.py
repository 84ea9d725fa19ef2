"""Reaching a server by the addresses that its name has."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from ishowtts_desktop.chat.net import open_socket
from ishowtts_desktop.core.errors import ChatError
from tests.support.ircd import free_port

# Refused as IPv6 is by a kernel that was started without it.
UNSUPPORTED = 12_345
LOCAL = "127.0.0.1"


def resolve_to(monkeypatch: pytest.MonkeyPatch, *families: int) -> None:
    def addresses(_host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(family, socket.SOCK_STREAM, 6, "", (LOCAL, port)) for family in families]

    monkeypatch.setattr(socket, "getaddrinfo", addresses)


def test_an_address_that_this_machine_has_no_network_for_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve_to(monkeypatch, UNSUPPORTED, socket.AF_INET)
    with socket.create_server((LOCAL, 0)) as server:
        port = server.getsockname()[1]
        with asyncio.run(open_socket("chat.example", port, 5.0)) as connection:
            assert connection.getpeername() == (LOCAL, port)


@pytest.mark.parametrize(
    ("families", "why"),
    [
        ((socket.AF_INET, UNSUPPORTED), "refuses connections"),
        ((UNSUPPORTED, socket.AF_INET), "refuses connections"),
        ((UNSUPPORTED,), "not supported"),
        ((), "no address"),
    ],
)
def test_where_no_address_answers_the_most_telling_reason_is_told(
    families: tuple[int, ...], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve_to(monkeypatch, *families)
    with pytest.raises(ChatError, match=why):
        asyncio.run(open_socket("chat.example", free_port(), 5.0))
