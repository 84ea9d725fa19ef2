"""IRC: lines, connections, a registered session, and the source for any IRC server."""
