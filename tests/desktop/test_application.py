"""The application put together, in this process: what commands do to the pipeline and the files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import tomlkit
from PySide6.QtWidgets import QApplication, QToolButton

from ishowtts_desktop.core.config import Config, WindowConfig
from ishowtts_desktop.core.messages import Notice, Removal, RemovalScope
from ishowtts_desktop.core.reading_config import (
    CastingConfig,
    GateConfig,
    ReadingConfig,
    RulesConfig,
)
from ishowtts_desktop.core.utterances import Outcome, OutcomeState, Reason
from ishowtts_desktop.desktop.app import build
from ishowtts_desktop.desktop.banner import Banner
from ishowtts_desktop.desktop.icons import TrayState
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.reading.text.duration import seconds_of
from ishowtts_desktop.system.paths import Paths
from tests.support.desktop import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.desktop.application import Application


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


@pytest.fixture
def application(paths: Paths, qtbot: QtBot) -> Iterator[Application]:
    """Without a sound device, so that what is queued stays queued."""
    shell = Shell()
    application = build(paths, shell)
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    shell.show(qt)
    application.start()
    qtbot.addWidget(application.window)
    qtbot.waitUntil(
        lambda: "No sound device" in str(application.status()["problems"]), timeout=9000
    )
    yield application
    assert application.shutdown()


def saved(paths: Paths) -> dict[str, Any]:
    """What is in the configuration file, which comes a moment after the first change."""
    if not paths.config_file.exists():
        return {}
    return tomlkit.parse(paths.config_file.read_text("utf-8")).unwrap()


def test_a_first_start_shows_the_window_and_says_hello_when_asked(
    application: Application, qtbot: QtBot
) -> None:
    assert application.window.isVisible()
    application.commands.hear_voice()
    assert application.status()["queued"] == 1


def test_what_the_user_chose_is_in_the_file(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    application.commands.set_volume(0.25)
    application.commands.connect_source("demo://")
    application.commands.stop_reading()

    def written() -> None:
        assert saved(paths).get("audio") == {"volume": 0.25}
        assert saved(paths).get("source") == {"url": "demo://", "recent": ["demo://"]}
        assert saved(paths).get("reading") == {"reading": False}

    qtbot.waitUntil(written, timeout=5000)


def test_a_chat_that_was_left_is_not_read_at_the_next_start(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    application.commands.connect_source("demo://")
    assert application.status()["source"] == "demo://"
    application.commands.disconnect_source()
    assert application.status()["source"] == ""
    qtbot.waitUntil(lambda: application.status()["connection"] == "closed", timeout=5000)


def test_a_message_that_was_picked_waits_first_and_panic_clears_it(
    application: Application,
) -> None:
    application.commands.read_message(message(1, "read me"))
    assert application.status()["queued"] == 1
    application.commands.panic()
    status = application.status()
    assert (status["queued"], status["panicked"]) == (0, True)
    assert status["dropped"] == 1
    # AND what is asked for meanwhile is refused, from wherever it comes
    application.commands.say("my own line")
    application.commands.read_message(message(2, "read me, too"))
    application.commands.hear_voice()
    assert application.status()["refused"] == 3
    # THEN released it reads as before
    application.commands.release()
    application.commands.read_message(message(3, "at last"))
    status = application.status()
    assert (status["queued"], status["panicked"], status["reading"]) == (1, False, True)


def test_silence_is_shown_everywhere_until_it_is_released(
    application: Application, qtbot: QtBot
) -> None:
    application.commands.pause()
    application.commands.panic()
    qtbot.waitUntil(lambda: application.tray.state is TrayState.SILENCED, timeout=5000)
    assert application.window.silenced
    application.commands.release()
    qtbot.waitUntil(lambda: application.tray.state is not TrayState.SILENCED, timeout=5000)
    assert not application.window.silenced
    assert application.status()["paused"]  # as it was before


def test_a_blocked_user_is_in_the_file_and_out_of_the_queue_until_it_is_undone(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    conductor = application._pipeline.conductor
    conductor.handle(message(1, "read me", name="Bob"))
    assert application.status()["queued"] == 1
    application.dispatcher.run("block", ["@bob"])
    assert application.status()["queued"] == 0
    qtbot.waitUntil(lambda: saved(paths).get("rules", {}) == {"blocked_users": ["@bob"]})
    conductor.handle(message(2, "read me", name="Bob"))
    assert application.status()["refused"] == 1
    application.commands.undo()
    assert config_of(application).rules.blocked_users == []
    conductor.handle(message(3, "and now?", name="Bob"))
    assert application.status()["queued"] == 1


def test_rules_changed_in_a_window_are_kept_and_read_by_at_once(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    application.commands.stop_reading()
    # GIVEN a window that still believes that chat is read
    sections = {
        "reading": ReadingConfig(queue_seconds=99.0, reading=True),
        "rules": RulesConfig(longest=3),
        "window": WindowConfig(language="xx"),
    }
    seen = []
    application.commands.reading_changed.connect(lambda _: seen.append(config_of(application)))
    application.commands.change_reading(sections)
    # THEN who listens finds the new rules in the configuration, and nothing that isn't a rule
    assert (seen[0].rules.longest, seen[0].window.language) == (3, "")
    application.commands.start_reading()
    application._pipeline.conductor.handle(message(1, "much too long"))
    assert application.status()["refused"] == 1
    qtbot.waitUntil(lambda: saved(paths).get("rules") == {"longest": 3})
    assert saved(paths)["reading"]["queue_seconds"] == 99.0


def test_voices_of_viewers_that_are_gone_are_told_until_others_are_chosen(
    application: Application, qtbot: QtBot
) -> None:
    told: dict[str, str] = {}
    application.feed.problem_raised.connect(lambda p: told.update({p.key: p.message}))
    application.feed.problem_solved.connect(lambda key: told.pop(key, None))
    cast = {"anna": "gone", "bob": "espeak-de"}
    application.commands.change_reading({"casting": CastingConfig(users=cast)})
    qtbot.waitUntil(lambda: "casting" in told, timeout=5000)
    assert told["casting"].endswith("any more: gone.")
    assert "any more: gone" not in str(application.status()["problems"])  # it is read all the same
    application.commands.cast_voice("anna", "")
    qtbot.waitUntil(lambda: "casting" not in told, timeout=5000)


def test_what_is_wrong_with_the_voice_gate_is_a_problem_until_it_is_mended(
    application: Application, qtbot: QtBot
) -> None:
    # GIVEN a gate that shall listen to a microphone that isn't there
    gate = GateConfig(mode="hold", device="no such microphone")
    application.commands.change_reading({"gate": gate})
    qtbot.waitUntil(lambda: "icrophone" in str(application.status()["problems"]), timeout=9000)
    # WHEN it shall not THEN nothing is wrong
    application.commands.change_reading({"gate": GateConfig()})
    qtbot.waitUntil(lambda: "icrophone" not in str(application.status()["problems"]))
    assert not application.status()["held"]


def test_a_notice_is_replayed_as_it_was_said_unless_it_was_removed(
    application: Application,
) -> None:
    pipeline, sounded = application._pipeline, {"started_at": 0.0, "ended_at": 1.0}
    notice = Notice("n", "twitch", "room", "raid", "31 raiders", "9", "ann", "Ann")
    raid = Outcome("n", OutcomeState.SPOKEN, 0.0, text="31 raiders", spoken="Ann raids.")
    more = Outcome("summary-1", OutcomeState.SPOKEN, 0.0, text="and 42 more")
    for outcome in (replace(raid, notice=notice), more):
        application._controller._remember_spoken(replace(outcome, **sounded))
    told: list[Outcome] = []
    pipeline.conductor.watch(told.append)
    application.commands.replay()
    application.commands.replay()
    assert [(outcome.state, outcome.notice) for outcome in told] == [
        (OutcomeState.QUEUED, notice)
    ] * 2
    twice = 2 * seconds_of("Ann raids.")
    assert pipeline.conductor.state.seconds_queued == pytest.approx(twice)
    # WHEN another author is banned it still waits, WHEN its own is, it goes
    for author, left in (("8", 2), ("9", 0)):
        removal = Removal("twitch", "room", RemovalScope.AUTHOR, target_author_id=author)
        pipeline._take_event(removal)
        assert pipeline.conductor.state.queued == left
    # AND can't be said again
    application.commands.replay()
    assert pipeline.conductor.state.queued == 0
    assert (told[-1].state, told[-1].reason) == (OutcomeState.REMOVED, Reason.AUTHOR_BANNED)


def test_what_is_wrong_with_the_viewers_voices_is_a_problem_until_it_is_mended(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    def problems() -> str:
        return str(application.status()["problems"])

    chosen = application._pipeline._chosen
    assert chosen is not None
    paths.chosen_voices_file.mkdir(parents=True)
    chosen.choose("ann", "starter-en")
    chosen.save_soon()
    qtbot.waitUntil(lambda: "viewers chose" in problems(), timeout=5000)
    # WHEN it can be written again
    paths.chosen_voices_file.rmdir()
    chosen.save_soon()
    qtbot.waitUntil(lambda: "viewers chose" not in problems(), timeout=5000)


def config_of(application: Application) -> Config:
    """What the parts of the application share."""
    return application._config.model_copy(deep=True)


def test_changing_rules_doesnt_start_the_reading(application: Application) -> None:
    application.commands.stop_reading()
    application.commands.change_reading({"reading": ReadingConfig(reading=True)})
    assert not application.status()["reading"]
    assert not config_of(application).reading.reading


def test_status_tells_how_fresh_it_is(application: Application) -> None:
    application.commands.say("it waits, for there is no sound")
    status = application.status()
    assert status["queue_age_seconds"] >= 0
    assert (status["stage"], status["held"], status["muted"]) == ("calm", False, [])
    assert (status["chat_to_sound_p50_ms"], status["chat_to_sound_p95_ms"]) == (None, None)
    application.dispatcher.run("mute", ["Anna"])
    assert application.status()["muted"] == ["Anna"]
    application.dispatcher.run("unmute", ["@anna"])
    assert application.status()["muted"] == []


def test_nothing_selected_is_told(application: Application, qtbot: QtBot) -> None:
    application.commands.read_selected()
    qtbot.waitUntil(lambda: "selected" in str(application.status()["problems"]), timeout=9000)


def test_a_problem_that_the_user_closed_is_no_problem_of_the_trays(
    application: Application, qtbot: QtBot
) -> None:
    application.commands.read_selected()
    qtbot.waitUntil(lambda: "selected" in str(application.status()["problems"]), timeout=9000)
    banners = application.window.findChildren(Banner)
    assert banners
    for banner in banners:
        banner.findChildren(QToolButton)[0].click()
    qtbot.waitUntil(lambda: not application.status()["problems"], timeout=5000)
    assert application.tray.state is not TrayState.ERROR


def test_without_a_tray_the_window_says_what_closing_it_does(
    application: Application, qtbot: QtBot
) -> None:
    qtbot.waitUntil(
        lambda: "Closing the window" in str(application.status()["problems"]), timeout=9000
    )
    assert application.window.isVisible()


def test_an_answer_to_ctl_counts_what_became_of_messages(application: Application) -> None:
    conductor = application._pipeline.conductor
    conductor.handle(message(1, "!command"))
    conductor.handle(message(2, "hello"))
    conductor.drop(message(3, "too much"), Reason.OVERLOAD)
    conductor.clear()
    status = application.status()
    assert status[OutcomeState.REFUSED.value] == 1
    assert status[OutcomeState.DROPPED.value] == 2


def test_without_a_tray_closing_the_window_quits(application: Application, qtbot: QtBot) -> None:
    with qtbot.waitSignal(application.commands.quit_requested, timeout=2000):
        application.window.close()


def test_the_windows_place_is_remembered(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    application.window.resize(700, 500)
    application.window.close()
    qtbot.waitUntil(lambda: "geometry" in saved(paths).get("window", {}), timeout=5000)


def test_an_engine_is_chosen_while_running_and_remembered(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    assert application.status()["engine_state"] == "off"
    # WHEN a model is chosen that isn't one
    application.commands.use_model(str(paths.data))
    application.commands.use_preset("turbo")

    def failed() -> None:
        status = application.status()
        assert status["engine_state"] == "failed"
        assert str(paths.data) in status["engine_detail"]
        assert "next try" in str(status["problems"])

    qtbot.waitUntil(failed, timeout=30000)
    # THEN the embedded voice speaks, and the choice is in the file
    status = application.status()
    assert (status["engine"], status["preset"], status["nfe"]) == ("f5", "turbo", 5)
    assert status["speaks"] == "espeak"
    chosen = {"engine": "f5", "checkpoint": str(paths.data), "preset": "turbo"}
    qtbot.waitUntil(lambda: saved(paths).get("speech") == chosen, timeout=5000)
    # AND going back solves it
    application.commands.use_engine("espeak")
    qtbot.waitUntil(lambda: application.status()["engine_state"] == "off", timeout=5000)
    qtbot.waitUntil(lambda: "next try" not in str(application.status()["problems"]), timeout=5000)
