"""The window of models: what a user sees and presses, whatever the processes behind it say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QProgressBar,
)

from ishowtts_desktop.desktop.model_manager.banner import ModelBanner
from tests.support.model_desk import MODEL, OTHER, Desk
from tests.support.models import CHECKING, DONE, LICENCE, REFUSED, entry, progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

FOLDER = "/models/v1-base"
FETCHING = (CHECKING, progress(500_000_000), ["wait", "go"])


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.jobs.close()


def test_a_new_user_reads_the_licence_once_gets_the_model_and_hears_it(desk: Desk) -> None:
    whole = {"state": "complete", "folder": FOLDER}
    desk.scene.plays(f"download {MODEL}", *FETCHING, ["become", MODEL, whole], DONE)
    desk.scene.plays(f"download {OTHER}", ["wait", "other"])
    desk.show()
    assert desk.says("Not downloaded")
    assert desk.says("1.4 GB · CC-BY-NC-4.0: free, but not to make money with")
    assert desk.says("23 GB free")
    # WHEN the first thing is done, which has the focus, THEN the licence is asked
    assert desk.focus == "Download"
    desk.press("Download", desk.card())
    assert desk.says("F5-TTS v1-base has a licence: CC-BY-NC-4.0. Do you accept it?")
    text = desk.window.findChild(QPlainTextEdit)
    assert text is not None
    assert text.toPlainText() == LICENCE
    assert desk.focus == "Accept and download"
    desk.press("Accept and download")
    # AND it is downloaded
    desk.until(lambda: desk.says("500 MB of 1.4 GB · 12.3 MB/s · 2 min left"))
    assert desk.card().findChild(QProgressBar).value() == 357
    assert desk.focus == "Cancel"
    assert desk.says("Being downloaded")
    # AND the same licence isn't asked again
    desk.press("Download", desk.card(1))
    desk.until(lambda: desk.says("Waits for the other download"))
    # AND in the end it speaks, because nothing else did
    desk.scene.goes_on()
    desk.until(lambda: desk.used == FOLDER)
    desk.until(lambda: desk.says("In use", desk.card()))
    desk.until(lambda: desk.says("The F5 voice speaks with it now."))


def test_not_now_downloads_nothing(desk: Desk) -> None:
    desk.show()
    for leave in (
        lambda: desk.press("Not now"),
        lambda: desk.qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Escape),
    ):
        desk.press("Download", desk.card(1))
        leave()
        assert desk.window.isVisible()
        assert desk.focus == "Download"
        assert desk.window.focusWidget() is desk.button("Download", desk.card(1))
    assert desk.scene.asked == []
    # WHEN it is only to be read THEN nothing is to be accepted
    desk.press("Licence", desk.card(1))
    assert desk.buttons == ["Back", "The whole licence..."]
    desk.press("The whole licence...")
    assert [url.host() for url in desk.opened] == ["creativecommons.org"]
    desk.press("Back")
    assert desk.scene.asked == []


def test_a_licence_that_was_accepted_earlier_is_not_asked(desk: Desk) -> None:
    desk.scene.plays(f"download {MODEL}", *FETCHING)
    desk.show(entry(MODEL, "partial", licence_accepted=True))
    assert desk.buttons[:3] == ["Continue", "Remove...", "Licence"]
    assert desk.says("500 MB of it is here")
    desk.press("Continue")
    desk.until(lambda: desk.says("35") or desk.says("500 MB of 1.4 GB"))
    desk.press("Cancel")
    desk.until(lambda: "Continue" in desk.buttons)
    assert desk.focus == "Continue"


def test_with_a_model_in_use_the_next_one_is_offered(desk: Desk) -> None:
    desk.used = "/models/mine/model.safetensors"
    whole = {"state": "complete", "folder": FOLDER}
    desk.scene.plays(f"download {MODEL}", ["become", MODEL, whole], DONE)
    desk.show(entry(MODEL, licence_accepted=True))
    desk.press("Download")
    desk.until(lambda: desk.says("Downloaded."))
    assert desk.used == "/models/mine/model.safetensors"
    desk.press("Use")
    assert desk.used == FOLDER
    assert desk.says("In use")
    assert "Use" not in desk.buttons
    # AND another voice takes the mark away
    desk.used = ""
    desk.feed.voice_changed.emit(None)
    assert not desk.says("In use")


def test_the_model_that_was_missing_is_used_as_soon_as_it_is_there(desk: Desk) -> None:
    # GIVEN that the F5 engine is chosen and looks for what isn't there
    done = ["say", {"event": "done", "folder": FOLDER}]
    desk.scene.plays(f"download {MODEL}", ["wait", "go"], done)
    desk.show(entry(MODEL, licence_accepted=True))
    desk.press("Download")
    asked: list[str] = []
    desk.commands.model_requested.connect(asked.append)
    # WHEN it finds the new one by itself, THEN it is told all the same: it may try again late
    desk.used = FOLDER
    desk.scene.goes_on()
    desk.until(lambda: asked == [FOLDER])


def test_a_part_of_other_models_is_never_used(desk: Desk) -> None:
    whole = {"state": "complete", "folder": "/models/vocos"}
    done = ["say", {"event": "done", "folder": "/models/vocos"}]
    desk.scene.plays("download vocos", ["become", "vocos", whole], done)
    desk.show(entry("vocos", "partial", licence_accepted=True))
    desk.press("Continue")
    desk.until(lambda: desk.says("Downloaded."))
    assert desk.used == ""
    assert desk.buttons[:2] == ["Verify", "Remove..."]
    # AND where nothing of it is here nobody has to know of it
    desk.scene.lists(entry(MODEL), entry("vocos"))
    desk.jobs.dismiss("vocos")
    desk.jobs.list.refresh()
    desk.until(lambda: desk.card(-1).isHidden())
    assert desk.buttons.count("Download") == 1


def test_removing_asks_first_and_says_what_it_frees(desk: Desk) -> None:
    desk.scene.plays(f"remove {MODEL}", ["become", MODEL, {"state": "absent", "bytes_here": 0}])
    desk.show(entry(MODEL, "complete"))
    desk.press("Remove...")
    assert desk.says("That frees 1.4 GB.")
    assert desk.buttons[:2] == ["Keep it", "Remove it"]
    assert desk.focus == "Keep it"
    desk.qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Escape)
    assert desk.window.isVisible()
    assert desk.focus == "Remove..."
    desk.used = FOLDER
    desk.feed.voice_changed.emit(None)
    desk.press("Remove...")
    assert desk.says("Remove the model that is in use?")
    desk.press("Remove it")
    desk.until(lambda: desk.says("Not downloaded"))
    assert desk.scene.asked == [f"models remove {MODEL} --json"]
    desk.until(lambda: desk.focus == "Download")
    # AND the folder that the voice was told of stands for nothing any more
    desk.until(lambda: desk.scene.listings == 2 and not desk.jobs.list.asking)
    assert desk.says("Not downloaded")


def test_a_failure_is_a_banner_that_tries_again(desk: Desk) -> None:
    desk.scene.plays(f"download {MODEL}", ["wait", "go"], *REFUSED)
    desk.show(entry(MODEL, "partial", licence_accepted=True))
    desk.scene.goes_on()
    desk.press("Continue")
    desk.until(lambda: desk.says("No network."))
    assert desk.says("Plug it in.")
    assert desk.focus == "Try again"
    assert desk.buttons[:3] == ["Try again", "Remove...", "Licence"]
    (desk.scene.folder / "go").unlink()
    desk.press("Try again")
    desk.until(lambda: "Cancel" in desk.buttons)
    desk.scene.goes_on()
    desk.until(lambda: desk.says("No network."))
    assert len(desk.scene.asked) == 2
    # WHEN the banner is closed THEN it can still be continued
    banner = next(b for b in desk.window.findChildren(ModelBanner) if b.isVisible())
    banner.closed.emit("model")
    desk.until(lambda: "Continue" in desk.buttons)
    assert not desk.says("No network.")


def test_files_that_are_whole_or_not_are_told(desk: Desk) -> None:
    desk.scene.plays(f"verify {MODEL}", ["wait", "go"], ["say", {"ok": True}])
    desk.show(entry(MODEL, "complete"))
    desk.press("Verify")
    assert desk.says("Being checked")
    desk.scene.goes_on()
    desk.until(lambda: desk.says("Every file is whole."))
