"""A voice of the library in the running application: cloned, changed on the disk, removed, back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.engines import make_embedded
from ishowtts_desktop.sound.limiter import CEILING
from ishowtts_desktop.starters import STARTERS, spoken
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.voice import Voice
from tests.support.application import RunningApplication, command_line
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.pulse import PulseServer

CONFIG = """
[window]
welcomed = true
[audio]
volume = 1.0
[speech]
engine = "f5"
voice = "mina"
checkpoint = "{checkpoint}"
preset = "turbo"
seed = 7
"""


def say(app: RunningApplication, text: str) -> None:
    """Say a line and wait until it was heard."""
    before = app.status()["spoken"]
    app.try_ctl("say", text)
    wait_until(lambda: app.status()["spoken"] == before + 1, 40, f"{text} was said")


def test_a_cloned_voice_speaks_follows_its_files_and_is_missed_when_it_goes(
    tmp_path: Path, machine: dict[str, str], sound: PulseServer
) -> None:
    # GIVEN a voice in the library, which is to be ready from the start
    home = tmp_path / "home"
    checkpoint = tmp_path / "tiny"
    command_line("models", "make-random", "--arch", "tiny", "--out", str(checkpoint))
    library = VoiceLibrary(home / "data" / "voices")
    recording = spoken(STARTERS[0], make_embedded)
    mina = library.add(Voice(id="", name="Mina", text=STARTERS[0].text, preload=True), recording)
    config = CONFIG.format(checkpoint=checkpoint)
    with RunningApplication(home, env=machine, config=config) as app:
        wait_until(lambda: app.status()["speaks"] == "f5", 40, "the cloned voice is ready")
        assert app.status()["voice"] == "mina"
        # WHEN chat says the same short line again THEN it is there already
        with sound.record() as recorder:
            say(app, "gg")
            say(app, "gg")
            heard = recorder.stop()
        status = app.status()
        assert (status["phrase_hits"], status["phrase_misses"]) == (1, 1)
        assert 0 < status["phrase_bytes"] <= status["phrase_limit"]
        assert 0.01 < np.abs(heard).max() <= CEILING + 0.01
        # WHEN its text is changed on the disk THEN it speaks anew
        library.update(mina.model_copy(update={"text": "Good evening everybody."}))
        say(app, "gg")
        assert app.status()["phrase_misses"] == 2
        # WHEN it is removed THEN that is told, and another one speaks
        token = library.remove("mina")
        wait_until(lambda: "mina" in str(app.status()["problems"]), 10, "it is missed")
        say(app, "gg")
        assert app.status()["speaks"] == "f5"
        # WHEN it is brought back THEN all is well
        library.restore(token)
        wait_until(lambda: app.status()["problems"] == [], 10, "it is back")
        say(app, "gg")
        assert app.status()["phrase_hits"] == 2
        assert app.quit() == 0
