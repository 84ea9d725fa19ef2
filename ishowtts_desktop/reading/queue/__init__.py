"""What waits to be said: how much of it, in which order, and what gives way when it is too much."""
