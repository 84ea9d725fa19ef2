"""Who says it: "{name} says {text}"."""

from __future__ import annotations

import regex

_FIELD = regex.compile(r"\{(name|text)\}")
_DEFAULTS = {"en": "{name} says {text}", "zh": "{name}说：{text}"}
_NEUTRAL = "{name}: {text}"


def fill(template: str, name: str, text: str, language: str) -> str:
    """Put ``name`` and ``text`` into ``template``; an empty one follows ``language``.

    Both are put in at once, so braces in what somebody wrote mean nothing. A template that forgot
    ``{text}`` gets it at its end: the message matters more than the form.
    """
    form = template or _DEFAULTS.get(language, _NEUTRAL)
    if "{text}" not in form:
        form += " {text}"
    fields = {"name": name, "text": text}
    filled: str = _FIELD.sub(lambda match: fields[match[1]], form)
    return filled
