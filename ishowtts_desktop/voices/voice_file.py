"""Reading and writing ``voice.toml`` without losing a line that the user wrote in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import tomlkit
from pydantic import ValidationError

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.core.toml_faults import BROKEN, one_line
from ishowtts_desktop.voices.voice import Voice

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

VOICE_FILE: Final = "voice.toml"
LARGEST_VOICE_FILE: Final = 64 * 1024
"""Bytes; the longest texts fit in, and parsing more would take its time."""

# The id is the name of the folder; the rest stands in the file in this order.
_KEYS = tuple(key for key in Voice.model_fields if key != "id")
_ALWAYS = ("name", "language", "engine", "text", "consent", "licence")
_REPAIR = "Repair it in an editor, or remove the voice."


def parsed(data: bytes, voice_id: str) -> Voice:
    """Return the voice that ``voice.toml`` holds as ``data``; raises `VoiceError`."""
    if len(data) > LARGEST_VOICE_FILE:
        raise VoiceError(f"The {VOICE_FILE} of the voice {voice_id} is far too large.", _REPAIR)
    try:
        return _voice(_document(data), voice_id)
    except BROKEN as error:
        raise VoiceError(
            f"The {VOICE_FILE} of the voice {voice_id} can't be understood: {one_line(error)}.",
            _REPAIR,
        ) from error


def checked_voice(voice: Voice) -> Voice:
    """Return ``voice`` as it can be kept; raises `VoiceError` when it can't.

    A copy that was changed with ``model_copy`` was never looked at.
    """
    try:
        valid = Voice.model_validate(voice.model_dump(warnings=False))
    except ValidationError as error:
        raise VoiceError(
            f"The voice can't be kept: {one_line(error)}.", "Correct that and save it again."
        ) from error
    if valid.engine == "espeak":
        raise VoiceError(
            "An embedded voice can't be kept in the library.", "It is always there anyway."
        )
    return valid


def written(voice: Voice, before: bytes = b"") -> bytes:
    """Return ``voice.toml`` for ``voice``; raises `VoiceError`.

    What the file holds so far, ``before``, keeps its comments, its order and the keys we don't
    know: only what is different is changed.
    """
    try:
        document = _document(before)
        old = _voice(document, voice.id) if before else None
        for key in _KEYS:
            value = _plain(voice, key)
            if (old is None and _worth_writing(key, value)) or (
                old is not None and value != _plain(old, key)
            ):
                _put(document, key, value)
        data = tomlkit.dumps(document).encode("utf-8")
        if _voice(_document(data), voice.id) != voice:
            raise ValueError("its layout doesn't take the change")
    except BROKEN as error:
        raise VoiceError(
            f"The {VOICE_FILE} of the voice {voice.id} can't be written: {one_line(error)}.",
            "Look at the name, the text and the language; then at the file, in an editor.",
        ) from error
    if len(data) > LARGEST_VOICE_FILE:
        raise VoiceError(f"The {VOICE_FILE} of the voice {voice.id} gets far too large.", _REPAIR)
    return data


def _document(data: bytes) -> TOMLDocument:
    return tomlkit.parse(data.decode("utf-8-sig"))


def _voice(document: TOMLDocument, voice_id: str) -> Voice:
    voice = Voice.model_validate({**document.unwrap(), "id": voice_id})
    if voice.engine == "espeak":
        raise ValueError("engine: embedded voices have no files")
    return voice


def _plain(voice: Voice, key: str) -> Any:  # noqa: ANN401 - as many types as there are keys
    return voice.model_dump(include={key})[key]


def _worth_writing(key: str, value: object) -> bool:
    return key in _ALWAYS or value != Voice.model_fields[key].default


def _put(document: TOMLDocument, key: str, value: object) -> None:
    if value is None:
        # TOML has no word for nothing: the key goes.
        document.pop(key, None)
    elif isinstance(value, dict) and key in document:
        for inner, number in value.items():
            document[key][inner] = number
    elif isinstance(value, dict):
        document[key] = tomlkit.inline_table()
        document[key].update(value)
    else:
        document[key] = value
