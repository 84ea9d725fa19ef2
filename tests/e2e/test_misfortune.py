"""What goes wrong is told in a clear sentence; the application stays up and loses nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from typing import TYPE_CHECKING

import soundfile

from tests.support.application import COMMAND, RunningApplication, command_line
from tests.support.ircd import IrcSpeaker, Ngircd, free_port
from tests.support.silent_server import SilentServer
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path


def told(app: RunningApplication, word: str, timeout: float = 20) -> str:
    """Return the banner, or the connection's detail, that has the word in it."""

    def look() -> str:
        status = app.status()
        sentences = [*status["problems"], status["detail"]]
        return next((sentence for sentence in sentences if word in sentence), "")

    return wait_until(look, timeout, f"{word!r} is told: {app.status()}")


def test_a_broken_config_is_set_aside(tmp_path: Path, machine: dict[str, str]) -> None:
    broken = b"[reading\nmax_graphemes = \xff\x00 = ="
    with RunningApplication(tmp_path / "home", env=machine, config=broken) as app:
        assert "config.broken" in told(app, "config")
        # THEN nothing of it is lost, and the application works with its defaults
        (kept,) = app.home.glob("config.broken-*.toml")
        assert kept.read_bytes() == broken
        assert app.status()["reading"]
        assert app.quit() == 0


def test_without_a_sound_device_what_came_waits_for_one(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    chat = tmp_path / "short.chat"
    chat.write_text("Mia: hello\nMia: goodbye\n")
    env = {**machine, "PULSE_SERVER": f"unix:{tmp_path}/nobody"}
    with RunningApplication(tmp_path / "home", "--source", f"replay://{chat}", env=env) as app:
        told(app, "sound")
        assert not app.status()["sound"]
        wait_until(lambda: app.status()["queued"] == 2, 20, "both wait")
        assert not app.status()["dropped"]
        assert app.quit() == 0


def test_without_a_display_the_pipeline_writes_a_file(tmp_path: Path) -> None:
    chat = tmp_path / "short.chat"
    chat.write_text("Mia: hello there\n0.1 Tom: !commands\n")
    env = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    env["ISHOWTTS_HOME"] = str(tmp_path / "home")
    del env["QT_QPA_PLATFORM"]
    out = tmp_path / "chat.wav"
    done = command_line("read", "--source", f"replay://{chat}", "--out", str(out), env=env)
    assert done.returncode == 0, done.stderr
    assert "hello there" in done.stdout
    assert "command" in done.stdout
    assert soundfile.info(out).duration > 0.5
    # AND without a verb it says why there is no window
    done = command_line("--source", f"replay://{chat}", env=env, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stderr
    assert soundfile.info(tmp_path / "build" / "demo.wav").duration > 0.5


def test_headless_in_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    env["ISHOWTTS_HOME"] = str(tmp_path / "home")
    (tmp_path / "build").write_text("in the way")
    done = command_line(env=env, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "build/demo.wav can't be written" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_second_start_tells_that_the_first_one_hangs(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    with RunningApplication(tmp_path / "home", env=machine) as app:
        assert app.process is not None
        app.process.send_signal(signal.SIGSTOP)
        try:
            second = command_line(env=app.env)
        finally:
            app.process.send_signal(signal.SIGCONT)
        assert second.returncode == 1
        assert "did not answer" in second.stderr
        assert second.stderr.count("\n") == 1
        assert app.quit() == 0


def test_without_d_bus_it_starts_and_doctor_says_what_is_missing(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    env = {key: value for key, value in machine.items() if key != "DBUS_SESSION_BUS_ADDRESS"}
    with RunningApplication(tmp_path / "home", env=env) as app:
        assert app.status()["ok"]
        assert "no session bus" in command_line("doctor", env=app.env).stdout
        assert app.quit() == 0
        assert "Traceback" not in app.log() + app.errors()


def test_an_unknown_host_is_named_and_another_chat_can_be_read(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    home = tmp_path / "home"
    with (
        Ngircd() as server,
        RunningApplication(home, "--source", "irc://no-such-host.invalid/room", env=machine) as app,
    ):
        assert "find" in told(app, "no-such-host.invalid")
        # WHEN the streamer corrects the address
        app.try_ctl("connect", server.url("room"))
        wait_until(lambda: app.status()["connection"] == "connected", 20, "it is connected")
        with IrcSpeaker(server.port, "mia", "#room") as mia:
            mia.say("I am here")
            wait_until(lambda: app.status()["spoken"] == 1, 20, "it is read")
        assert app.quit() == 0


def test_a_server_that_nobody_vouches_for_is_not_trusted(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    with Ngircd() as server:
        url = server.url("room", tls=True)
        with RunningApplication(tmp_path / "home", "--source", url, env=machine) as app:
            told(app, "certificate")
            assert app.status()["connection"] == "failed"
            assert app.quit() == 0


def test_a_channel_that_does_not_answer_is_told_after_ten_seconds(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    with SilentServer() as server:
        url = f"irc://127.0.0.1:{server.port}/nowhere"
        with RunningApplication(tmp_path / "home", "--source", url, env=machine) as app:
            assert "nowhere" in told(app, "channel", 30)
            assert app.quit() == 0


def test_a_server_that_is_down_is_tried_again(tmp_path: Path, machine: dict[str, str]) -> None:
    url = f"irc://127.0.0.1:{free_port()}/room"
    with RunningApplication(tmp_path / "home", "--source", url, env=machine) as app:
        wait_until(lambda: app.status()["connection"] == "retrying", 20, "it tries again")
        assert "127.0.0.1" in app.status()["detail"]
        assert app.quit() == 0


def test_nonsense_for_a_source_is_told_and_changes_nothing(
    tmp_path: Path, machine: dict[str, str]
) -> None:
    with RunningApplication(tmp_path / "home", "--source", "gopher://x", env=machine) as app:
        told(app, "gopher")
        assert app.status()["source"] == ""
        app.try_ctl("connect", "demo://")
        wait_until(lambda: app.status()["connection"] == "connected", 20, "the demo plays")
        wait_until(lambda: not app.status()["problems"], 10, "the banner is gone")
        assert app.quit() == 0


def test_a_recording_whose_folder_vanished_is_an_error_and_not_called_written(
    tmp_path: Path,
) -> None:
    folder, chat = tmp_path / "gone", tmp_path / "short.chat"
    folder.mkdir()
    chat.write_text("Mia: hello there, this takes a second or two to say\n")
    env = {**os.environ, "ISHOWTTS_HOME": str(tmp_path / "home")}
    out = folder / "chat.wav"
    arguments = ["read", "--source", f"replay://{chat}", "--out", str(out)]
    process = subprocess.Popen(
        [*COMMAND, *arguments], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_until(lambda: list(folder.iterdir()), 20, "it writes")
    shutil.rmtree(folder)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert str(out) in errors
    assert "Traceback" not in errors
