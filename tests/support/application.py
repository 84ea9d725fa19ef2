"""The application as a user runs it: a process of its own, driven by ``ctl``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

COMMAND = [sys.executable, "-m", "ishowtts_desktop"]


def command_line(
    *arguments: str,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    cwd: Path | None = None,
    timeout: float = 60,
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end and return exit code, stdout and stderr."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        env=dict(env or os.environ),
        input=stdin,
        cwd=cwd,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace")
    )


class RunningApplication:
    """A started application. Its files are under ``home``; ``config`` is written there as TOML."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        config: str | bytes = "",
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._command = command
        self.home = home
        self._arguments = arguments
        self.env = {
            **os.environ,
            **(env or {}),
            "ISHOWTTS_HOME": str(home),
            "PYTHONFAULTHANDLER": "1",
        }
        self._errors = home / "stderr.txt"
        self.process: subprocess.Popen[bytes] | None = None
        home.mkdir(parents=True, exist_ok=True)
        if config:
            data = config.encode() if isinstance(config, str) else config
            (home / "config.toml").write_bytes(data)

    def __enter__(self) -> RunningApplication:
        with self._errors.open("ab") as errors:
            self.process = subprocess.Popen(
                [*self._command, *self._arguments],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
            )
        try:
            wait_until(self.answers, 30, "the application answers ctl")
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            print(self.errors()[-4000:], self.log()[-4000:])
        self.kill()

    def answers(self) -> bool:
        """Whether it has come up; an early death is an error."""
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"ended with {self.process.returncode}: {self.errors()}")
        return bool(self.try_ctl("status"))

    def try_ctl(self, verb: str, *arguments: str) -> dict[str, Any]:
        """Send a command without a new process; an empty answer when nobody hears."""
        from ishowtts_desktop.core.errors import InstanceError
        from ishowtts_desktop.desktop.instance_client import send
        from ishowtts_desktop.system.paths import Paths

        try:
            return send(verb, list(arguments), timeout=5.0, paths=Paths.under(self.home))
        except InstanceError:
            return {}

    def ctl(self, verb: str, *arguments: str) -> dict[str, Any]:
        """Send a command through the real command line."""
        done = command_line("ctl", "--json", verb, *arguments, env=self.env)
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def status(self) -> dict[str, Any]:
        """What the application says of itself."""
        return self.try_ctl("status")

    def quit(self, timeout: float = 10.0) -> int:
        """Ask it to end and return its exit code."""
        assert self.process is not None
        self.try_ctl("quit")
        return self.process.wait(timeout)

    def errors(self) -> str:
        """Everything it printed."""
        return self._errors.read_text("utf-8", "replace")

    def log(self) -> str:
        """Everything it logged."""
        return "".join(
            path.read_text("utf-8", "replace")
            for path in sorted((self.home / "logs").glob("*.log"))
        )

    def kill(self) -> None:
        """End it whatever it does."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
