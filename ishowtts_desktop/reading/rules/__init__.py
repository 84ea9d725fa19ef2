"""Whose messages are read, which of them, and which words nobody gets said."""
