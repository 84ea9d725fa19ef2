"""Twitch chat over IRC, read anonymously."""
