"""What the file of a stranger may say of a voice, and what is found out here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.voices.bundle import import_voice
from ishowtts_desktop.voices.library import VoiceLibrary
from tests.voices.test_bundle import TOML, WAV, bundle

if TYPE_CHECKING:
    from pathlib import Path


def test_a_strangers_file_does_not_say_what_it_costs_here(tmp_path: Path) -> None:
    toml = TOML + b'engine = "f5-reference"\npreload = true\n'
    source = tmp_path / "given.ishowvoice"
    source.write_bytes(bundle(("voice.toml", toml), ("reference.wav", WAV)))

    voice = import_voice(VoiceLibrary(tmp_path / "voices"), source)

    assert (voice.engine, voice.preload, voice.consent) == ("f5", False, True)
    assert voice.loudness != -20.0
