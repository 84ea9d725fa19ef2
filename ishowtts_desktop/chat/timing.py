"""Every waiting time of the chat connections, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Seconds. The defaults are for the world; tests shorten them."""

    connect: float = 10.0
    """For one endpoint to accept a connection, TLS included."""
    register: float = 15.0
    """From the connection to the server's welcome."""
    join: float = 10.0
    """From JOIN to its echo: a Twitch channel that doesn't exist is silent."""
    ping_every: float = 30.0
    pong_within: float = 5.0
    send: float = 5.0
    """For the server to take a line."""
    drain: float = 2.0
    """For what is still under way on the old connection when the server asked to move."""
    retry_first: float = 1.0
    retry_longest: float = 120.0
    retry_channel: float = 30.0
    """At least so long before a channel that didn't answer is asked for again."""
    healthy: float = 60.0
    """A connection that lasted so long counts as a success."""
