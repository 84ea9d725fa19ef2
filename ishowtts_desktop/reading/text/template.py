"""Who says it: "{name} says {text}"."""

from __future__ import annotations

from typing import Literal

Part = tuple[Literal["name", "text"], str]
_DEFAULTS = {"en": "{name} says {text}", "zh": "{name}说：{text}"}
_NEUTRAL = "{name}: {text}"


def fill(template: str, name: str, text: str, language: str) -> str:
    """Put ``name`` and ``text`` into ``template``; an empty one follows ``language``.

    Both are put in at once, so braces in what somebody wrote mean nothing. A template that forgot
    ``{text}`` gets it at its end: the message matters more than the form.
    """
    return "".join(part for _, part in split(template, name, text, language))


def split(template: str, name: str, text: str, language: str) -> tuple[Part, ...]:
    """Return what `fill` does in parts: what is around the texts goes with the name."""
    form = template or _DEFAULTS.get(language, _NEUTRAL)
    if "{text}" not in form:
        form += " {text}"
    around = [piece.replace("{name}", name) for piece in form.split("{text}")]
    parts: list[Part] = [("name", around[0])]
    for piece in around[1:]:
        parts += (("text", text), ("name", piece))
    return tuple(part for part in parts if part[1])
