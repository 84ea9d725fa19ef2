"""A real keyring daemon on a D-Bus session of its own.

Debian packages: gnome-keyring, dbus-x11 (dbus-run-session is in dbus-daemon), libsecret-tools.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "a test's password"


class KeyringSession:
    """``environment`` has what a process needs to find this session and its keyring."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def lookup(self, name: str, service: str = "ishowtts-desktop") -> str | None:
        """What ``secret-tool``, a stranger to the application, finds in the keyring."""
        done = subprocess.run(
            ["secret-tool", "lookup", "service", service, "username", name],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        return done.stdout if done.returncode == 0 else None

    def lock(self) -> None:
        """Lock the keyring. No prompt can unlock it again: there is nobody to type."""
        subprocess.run(
            [
                "dbus-send",
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.secrets",
                "/org/freedesktop/secrets",
                "org.freedesktop.Secret.Service.Lock",
                "array:objpath:/org/freedesktop/secrets/collection/login",
            ],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=30,
        )


@contextmanager
def keyring_session(folder: Path, *, daemon: bool = True) -> Iterator[KeyringSession]:
    """Start a session with its files in ``folder``; without ``daemon`` it has D-Bus only.

    The daemon has an unlocked login keyring.
    """
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "XDG_DATA_HOME": str(folder / "share"),
    }
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"):
        environment.pop(name, None)
    (folder / "run").mkdir(mode=0o700, parents=True)
    # The session lives as long as its shell, the shell as long as our end of its input.
    with subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", "echo $DBUS_SESSION_BUS_ADDRESS; read end"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as session:
        assert session.stdin
        assert session.stdout
        environment["DBUS_SESSION_BUS_ADDRESS"] = session.stdout.readline().strip()
        try:
            if daemon:
                with _daemon(environment):
                    yield KeyringSession(environment)
            else:
                yield KeyringSession(environment)
        finally:
            session.stdin.close()
            session.wait(30)


@contextmanager
def _daemon(environment: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin
        process.stdin.write(PASSWORD.encode())
        process.stdin.close()
        try:
            wait_until(lambda: _serves(environment), what="the keyring answers")
            yield
        finally:
            process.terminate()
            process.wait(30)


def _serves(environment: dict[str, str]) -> bool:
    done = subprocess.run(
        [
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    return "boolean true" in done.stdout
