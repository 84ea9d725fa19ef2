"""A real IRC server (ngircd) with TLS, and a hand that writes into its channels."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.certificates import Certificate, make_certificate
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

_CONFIG = """
[Global]
    Name = irc.example.net
    Info = A server for tests
    Listen = 127.0.0.1
    Ports = {port}
    {identity}

[Limits]
    MaxConnectionsIP = 0
    MaxNickLength = 31
    MaxPenaltyTime = 0
    PingTimeout = {ping}
    PongTimeout = {ping}

[Options]
    DNS = no
    Ident = no
    PAM = no
    RequireAuthPing = {first}

[SSL]
    CertFile = {certificate}
    KeyFile = {key}
    Ports = {tls_port}
"""


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Ngircd:
    """``with Ngircd() as server``: listens on `port` (plain) and `tls_port` of 127.0.0.1.

    `certificate` is the server's, `client_tls()` a context that trusts it. With ``ping_first`` it
    welcomes only who has answered a PING.
    """

    host = "127.0.0.1"

    def __init__(self, ping_seconds: int = 60, ping_first: bool = False) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="ircd-")
        self._ping = ping_seconds
        self._ping_first = ping_first
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self.tls_port = free_port()
        self.certificate: Certificate = make_certificate(Path(self._folder.name))

    def client_tls(self) -> ssl.SSLContext:
        return self.certificate.client()

    def url(self, channel: str, tls: bool = False) -> str:
        """Return the source URL of a channel, written without its #."""
        scheme, port = ("ircs", self.tls_port) if tls else ("irc", self.port)
        return f"{scheme}://{self.host}:{port}/{channel}"

    def start(self) -> None:
        """Start, and return when both ports answer."""
        folder = Path(self._folder.name)
        config = folder / "ngircd.conf"
        config.write_text(
            _CONFIG.format(
                port=self.port,
                tls_port=self.tls_port,
                ping=self._ping,
                first="yes" if self._ping_first else "no",
                certificate=self.certificate.certificate,
                key=self.certificate.key,
                identity="ServerUID = nobody\n    ServerGID = nogroup",
            )
        )
        # as root, ngircd reads the key as the user that it becomes
        folder.chmod(0o755)
        self.certificate.key.chmod(0o644)
        with folder.joinpath("ngircd.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["/usr/sbin/ngircd", "-f", str(config), "-n"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        for port in (self.port, self.tls_port):
            wait_until(lambda port=port: self._answers(port), what=f"ngircd: {self.log()}")

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def restart(self) -> None:
        """End it and start it on the same ports."""
        self.kill()
        self.start()

    def log(self) -> str:
        """What it said so far."""
        return Path(self._folder.name, "ngircd.log").read_text(errors="replace")[-2000:]

    def _answers(self, port: int) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise AssertionError(f"ngircd ended: {self.log()}")
        try:
            socket.create_connection((self.host, port), timeout=2).close()
        except OSError:
            return False
        return True

    def __enter__(self) -> Ngircd:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        self._folder.cleanup()


class IrcSpeaker:
    """Somebody in a channel: ``with IrcSpeaker(server.port, "alice", "#chat") as alice``.

    Blocking, without a thread. `say` returns when the server has taken the line.
    """

    def __init__(self, port: int, nick: str, channel: str, host: str = "127.0.0.1") -> None:
        self.nick = nick
        self.channel = channel
        self._socket = socket.create_connection((host, port), timeout=15)
        self._rest = b""
        try:
            self.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
            self.wait_for(" 001 ")
            self.send(f"JOIN {channel}")
            self.wait_for(" 366 ")
        except BaseException:
            self._socket.close()
            raise

    def send(self, *lines: str) -> None:
        """Send raw lines."""
        self._socket.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def say(self, *texts: str) -> None:
        """Write lines into the channel, and wait until the server has taken all of them."""
        self.send(*(f"PRIVMSG {self.channel} :{text}" for text in texts))
        self.flush()

    def act(self, text: str) -> None:
        """Write ``/me text``."""
        self.say(f"\x01ACTION {text}\x01")

    def kick(self, nick: str, reason: str = "enough") -> None:
        """Throw somebody out; needs the operator's rights that the first in a channel has."""
        self.send(f"KICK {self.channel} {nick} :{reason}")
        self.flush()

    def members(self) -> set[str]:
        """Return who is in the channel, without the marks of their rank."""
        self.send(f"NAMES {self.channel}")
        names: set[str] = set()
        while " 366 " not in (line := self._read_line()):
            if " 353 " in line:
                names.update(name.lstrip("@+") for name in line.rpartition(":")[2].split())
        return names

    def wait_for_member(self, prefix: str, timeout: float = 15.0) -> str:
        """Return the first member whose nick begins so, once there is one."""
        return wait_until(
            lambda: next((nick for nick in self.members() if nick.startswith(prefix)), ""),
            timeout,
            f"a member {prefix}*",
        )

    def flush(self) -> None:
        """Wait until the server has worked through what was sent."""
        token = f"t{time.monotonic_ns()}"
        self.send(f"PING :{token}")
        self.wait_for(token)

    def wait_for(self, part: str) -> str:
        """Return the next line with ``part`` in it."""
        while part not in (line := self._read_line()):
            if line.startswith("ERROR"):
                raise AssertionError(line)
        return line

    def close(self) -> None:
        """Leave."""
        self._socket.close()

    def _read_line(self) -> str:
        while b"\n" not in self._rest:
            data = self._socket.recv(65_536)
            if not data:
                raise AssertionError(f"the server closed {self.nick}'s connection")
            self._rest += data
        raw, _, self._rest = self._rest.partition(b"\n")
        line = raw.decode(errors="replace").rstrip("\r")
        if line.startswith("PING"):
            self.send("PONG" + line[4:])
        return line

    def __enter__(self) -> IrcSpeaker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
