"""The names of the steps, for the window's "try a line", for scripts and for tests."""

from __future__ import annotations

from typing import Final

LINE: Final = (
    "length",
    "emotes",
    "cheers",
    "clean",
    "mention",
    "commands",
    "links",
    "emoji",
    "repeats",
    "words",
    "sound",
    "seconds",
)
"""What happens to a line. "commands", "words" and "sound" (nothing that has one) only refuse."""

SPOKEN: Final = (
    "pronunciation",
    "slang",
    "acronym",
    "shouting",
    "joined words",
    "date",
    "time",
    "money",
    "percent",
    "unit",
    "version",
    "ordinal",
    "ratio",
    "range",
    "fraction",
    "math",
    "digits",
    "number",
    "sign",
)
"""How the written form became the spoken one."""

STEPS: Final = LINE + SPOKEN
"""Every name that `Preparation.explain` gives."""
