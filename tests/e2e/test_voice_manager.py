"""A new voice by the keyboard alone, in the running application."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.system.paths import Paths
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.recordings import write_recording
from tests.support.application import RunningApplication
from tests.support.degraded import TEXTS, spoken
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.screen import Screen


def active_title(screen: Screen) -> str:
    """The title of the window that gets the keys."""
    done = subprocess.run(
        ["xdotool", "getactivewindow", "getwindowname"],
        env=screen.env,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    return done.stdout.partition(" — ")[0].strip()  # the name of the application follows


def wait_for_title(screen: Screen, title: str) -> None:
    wait_until(lambda: active_title(screen) == title, 30, f"{title!r} has the keyboard")


def test_a_voice_is_made_of_a_file_by_keyboard_alone(
    tmp_path: Path, screen: Screen, machine: dict[str, str]
) -> None:
    home = tmp_path / "home"
    file = tmp_path / "grandma.wav"
    write_recording(file, spoken("en+f2"))
    library = VoiceLibrary(Paths.under(home).voices)
    with RunningApplication(home, env=machine, config='[window]\nlanguage = "en"\n') as app:
        app.ctl("voices")
        wait_for_title(screen, "Voices")
        # The button that opens a file has the focus from the start.
        screen.key("Return")
        wait_for_title(screen, "A recording of the voice")
        screen.type(str(file))
        screen.key("Return")
        wait_for_title(screen, "Voices*")
        # The name is marked, to be typed over.
        screen.type("Grandma")
        screen.key("alt+g", "alt+x")
        screen.type(TEXTS["en"])
        screen.key("ctrl+s")
        wait_until(library.voices, 30, "the voice is in the library")
        wait_for_title(screen, "Voices")
        voice, recording = library.both("grandma")
        assert (voice.name, voice.text, voice.consent) == ("Grandma", TEXTS["en"], True)
        assert voice.span is not None
        assert recording.seconds == pytest.approx(spoken("en+f2").seconds, abs=0.01)
        # AND it is removed and brought back without the mouse, too
        screen.key("ctrl+f", "Delete")
        wait_until(lambda: not library.voices(), 30, "the voice is gone")
        screen.key("alt+d")
        wait_until(library.voices, 30, "the voice is back")
        screen.key("ctrl+w")
        wait_until(lambda: active_title(screen) != "Voices", 30, "the window is closed")
        assert app.quit() == 0
        assert "Traceback" not in app.log() + app.errors()
        assert not app.errors()
