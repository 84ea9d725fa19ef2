"""A sound server of the test's own, with null sinks, and a recorder on what they play."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from types import TracebackType

    from numpy.typing import NDArray

SINK = "ishow_test"
RATE = 48_000
CHANNELS = 2


class PulseServer:
    """PulseAudio in a folder of its own. ``env`` is what a client's environment needs."""

    def __init__(self, sink: str | None = SINK) -> None:
        self._sink = sink
        self._modules: dict[str, str] = {}
        self._folder = Path(tempfile.mkdtemp(prefix="pulse-"))
        home, run = self._folder / "home", self._folder / "run"
        for place in (home, run):
            place.mkdir(mode=0o700)
        client = home / "client.conf"
        client.write_text(f"autospawn = no\ncookie-file = {home}/cookie\n", encoding="utf-8")
        self.env = {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(run),
            "PULSE_CLIENTCONFIG": str(client),
            "PULSE_SERVER": f"unix:{run}/pulse/native",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PulseServer:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the daemon and its sink; again after `kill`."""
        log = self._folder / "pulse.log"
        options = [
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--disable-shm=yes",
        ]
        modules = ["-n", "--load=module-native-protocol-unix auth-anonymous=1"]
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                ["pulseaudio", *options, *modules],
                env=os.environ | self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        wait_until(self._answers, 20, "the sound server answers")
        if self._sink is not None:
            self.load_sink(self._sink)

    def load_sink(self, name: str = SINK) -> None:
        """Plug a null sink in. One that can't rewind wakes at once, others take two seconds."""
        arguments = f"sink_name={name}", f"rate={RATE}", f"channels={CHANNELS}", "norewinds=1"
        self._modules[name] = self._pactl("load-module", "module-null-sink", *arguments).strip()

    def unload_sink(self, name: str = SINK) -> None:
        """Pull a sink out, with whatever plays on it."""
        self._pactl("unload-module", self._modules.pop(name))

    def freeze(self) -> None:
        """Let the daemon stand still, as a hung sound server does."""
        self._running().send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._running().send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill the daemon and wait for its end."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
        self._modules.clear()

    def close(self) -> None:
        """Kill the daemon and remove its folder."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def record(self, sink: str = SINK) -> Recorder:
        """Return a recorder of what ``sink`` plays; use it with ``with``."""
        handle, name = tempfile.mkstemp(suffix=".raw", dir=self._folder)
        os.close(handle)
        return Recorder(sink, os.environ | self.env, Path(name))

    def _running(self) -> subprocess.Popen[bytes]:
        assert self.process is not None, "the sound server isn't running"
        return self.process

    def _answers(self) -> bool:
        if self._running().poll() is not None:
            log = (self._folder / "pulse.log").read_text(errors="replace")
            raise AssertionError(f"pulseaudio ended: {log[-2000:]}")
        with contextlib.suppress(subprocess.CalledProcessError):
            return bool(self._pactl("info"))
        return False

    def _pactl(self, *arguments: str) -> str:
        done = subprocess.run(
            ["pactl", *arguments],
            env=os.environ | self.env,
            check=True,
            capture_output=True,
            text=True,
            timeout=20,
        )
        return done.stdout


class Recorder:
    """``parec`` on a sink's monitor. It runs once it is entered; `stop` gives the samples."""

    rate = RATE

    def __init__(self, sink: str, env: dict[str, str], file: Path) -> None:
        self._sink = sink
        self._env = env
        self._file = file
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Recorder:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def start(self) -> None:
        """Start, and return when samples arrive: an idle sink takes up to two seconds to wake."""
        layout = f"--rate={RATE}", f"--channels={CHANNELS}", "--format=s16le"
        with self._file.open("wb") as output:
            self._process = subprocess.Popen(
                ["parec", "-d", f"{self._sink}.monitor", *layout, "--latency-msec=20", "--raw"],
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=output,
            )
        try:
            wait_until(lambda: self._file.stat().st_size, 20, "parec records")
        except BaseException:
            self._end()
            raise

    @property
    def frames(self) -> int:
        """How many frames were recorded so far."""
        return self._file.stat().st_size // (2 * CHANNELS)

    def samples(self) -> NDArray[np.float32]:
        """Return what was recorded so far, mixed to mono: float32 of shape (n,) at `rate`."""
        raw = np.frombuffer(self._file.read_bytes()[: self.frames * 2 * CHANNELS], "<i2")
        mono: NDArray[np.float32] = raw.reshape(-1, CHANNELS).mean(axis=1, dtype=np.float32)
        return mono / np.float32(32768)

    def stop(self) -> NDArray[np.float32]:
        """End the recording and return all of it, as `samples` does."""
        self._end()
        return self.samples()

    def _end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None
