"""The list of embedded voices and the engine that has to know them."""

from __future__ import annotations

from ishowtts_desktop.speech.espeak_voices import Speaker, known_language
from ishowtts_desktop.voices.embedded import embedded_voices


def test_every_listed_voice_is_known_to_the_engine_in_its_language() -> None:
    for voice in embedded_voices():
        speaker = Speaker.of(voice.language, voice.id)
        assert voice.engine == "espeak"
        assert voice.id == f"espeak-{speaker.voice_language}" + (
            f"+{speaker.variant}" if speaker.variant else ""
        )
        assert known_language(voice.language) == speaker.voice_language


def test_ids_and_names_are_unique_and_english_and_chinese_are_there() -> None:
    voices = embedded_voices()
    ids = [voice.id for voice in voices]

    assert len(set(ids)) == len(ids)
    assert len({voice.name for voice in voices}) == len(voices)
    assert {"espeak-en", "espeak-zh", "espeak-en-us+f3"} <= set(ids)
