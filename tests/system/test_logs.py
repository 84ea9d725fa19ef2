"""Logs: no secret in them, nothing that a terminal obeys, and no uncaught error missing."""

from __future__ import annotations

import logging
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.system.logs import setup_logging
from ishowtts_desktop.system.redaction import Redactor, inert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.system.logs import Logging

CANARY = "canary8f3kd92ms"
log = logging.getLogger("test.logs")


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Logging]:
    logs = setup_logging(tmp_path / "logs", verbose=True)
    yield logs
    logs.close()
    logs.close()


def text(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((folder / "logs").iterdir()))


def fail(why: str) -> None:
    raise ValueError(why)


@pytest.mark.parametrize(
    "shape",
    [
        "PASS oauth:{}",
        "Authorization: Bearer {}",
        "authorization=bearer {}",
        "GET /v1?key={}&part=snippet",
        "access_token={}",
        '{{"access_token": "{}", "expires": 3}}',
        "{{'client_secret': '{}'}}",
        "refresh_token: {}",
        "https://user:{}@example.org/x",
        "API_KEY={}",
        "api-key={}",
    ],
)
def test_what_looks_like_a_secret_is_masked_in_every_part_of_a_record(
    logs: Logging, tmp_path: Path, capsys: pytest.CaptureFixture[str], shape: str
) -> None:
    secret = shape.format(CANARY)

    log.warning(secret)
    log.warning("an argument %s and %r", secret, {"text": secret})
    for handler in logs._handlers:  # pytest's own handler would raise
        handler.handle(logging.LogRecord("test.logs", 30, "", 1, "doesn't fit", (secret,), None))
    try:
        fail(secret)
    except ValueError:
        log.exception("failed")
        log.exception("again", stack_info=True)

    for written in (text(tmp_path), capsys.readouterr().err):
        assert CANARY not in written
        assert "***" in written
        assert "ValueError" in written
        assert written.count("test.logs") >= 5


def test_a_registered_secret_is_masked_however_it_is_written(logs: Logging, tmp_path: Path) -> None:
    secret = "pass\\word/with%signs"
    logs.redactor.add(secret)

    log.warning("%s %r %s", secret, secret, "pass%5Cword%2Fwith%25signs")
    logs.redactor.add("ab")
    log.warning("about")

    written = text(tmp_path)
    assert "word" not in written
    assert written.count("***") == 3
    assert "about" in written, "two letters are no secret"
    assert "pass" not in repr(logs.redactor)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=4), st.text(), st.text())
def test_a_registered_secret_never_survives(secret: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.add(secret)

    masked = redactor.redact(f"{before}{secret}{after}")

    assert secret not in masked or secret in f"{before}***{after}"


def test_a_secret_that_begins_another_leaves_nothing_of_it() -> None:
    redactor = Redactor()
    for secret in ("abcd", "abcdefgh"):
        redactor.add(secret)

    assert redactor.redact("abcdefgh") == "***"


def test_chat_text_cannot_colour_the_terminal_or_forge_a_line(
    logs: Logging, tmp_path: Path
) -> None:
    evil = "\x1b[31mred\x07\r\n2030-01-01 00:00:00,000 CRITICAL forged\u2028x\u202ey\ud800\x9b2J"

    log.warning("said: %s", evil)
    try:
        fail(evil)
    except ValueError:
        log.exception("failed")

    lines = text(tmp_path).splitlines()
    assert all(line.startswith((" ", "2")) for line in lines)
    assert not any(line.startswith("2030") for line in lines)
    assert not set("".join(lines)) & set("\x1b\x07\r\u2028\u202e\x9b")
    assert r"\x1b[31mred\x07\x0d\x0a2030" in lines[0]


@given(st.text())
def test_inert_text_has_nothing_invisible_left_and_keeps_the_rest(text: str) -> None:
    safe = inert(text)

    assert len(safe.encode("utf-8")) >= len(text)
    assert not any(char < " " or char in "\x7f\x9b\u2028\u2029\u202e\u200b" for char in safe)
    assert inert(safe) == safe
    if text.isprintable():
        assert safe == text


def test_two_files_of_a_megabyte_are_kept_and_only_the_owner_reads_them(
    logs: Logging, tmp_path: Path
) -> None:
    logs._handlers[0].setLevel(logging.CRITICAL)  # stderr stays quiet
    for _ in range(350):
        log.info("x" * 10_000)

    files = sorted((tmp_path / "logs").iterdir())
    assert [path.name for path in files] == ["ishowtts.log", "ishowtts.log.1"]
    for path in files:
        assert path.stat().st_size <= 1_000_000
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_stderr_gets_warnings_only_unless_verbose(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs = setup_logging(tmp_path / "logs")
    log.debug("one")
    log.info("two")
    log.warning("three")
    logs.close()

    assert "three" in capsys.readouterr().err
    written = text(tmp_path)
    assert ("one" in written, "two" in written, "three" in written) == (False, True, True)


def test_a_folder_that_cannot_be_made_leaves_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    logs = setup_logging(tmp_path / "file" / "logs")
    log.error("still heard")
    logs.close()

    heard = capsys.readouterr().err
    assert "No log file in" in heard
    assert "still heard" in heard


def test_closing_puts_everything_back(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), sys.excepthook)

    setup_logging(tmp_path, verbose=True).close()

    assert (root.level, list(root.handlers), sys.excepthook) == before


def test_what_nobody_catches_is_logged_and_masked(tmp_path: Path) -> None:
    script = f"""
import threading
from pathlib import Path
from ishowtts_desktop.system.logs import setup_logging
setup_logging(Path({str(tmp_path / "logs")!r}))
def die():
    raise LookupError("in a thread, key={CANARY}")
thread = threading.Thread(target=die, name="doomed")
thread.start()
thread.join()
threading.Thread(target=lambda: exit(3), name="leaving").start()
class Bad:
    def __del__(self):
        raise OSError("in a finaliser")
Bad()
raise RuntimeError("at the end, oauth:{CANARY}")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    written = text(tmp_path)
    for heard in (written, done.stderr):
        assert "The thread doomed died" in heard
        assert "LookupError: in a thread" in heard
        assert "OSError: in a finaliser" in heard
        assert "RuntimeError: at the end" in heard
        assert "leaving" not in heard
        assert CANARY not in heard
    assert done.returncode == 1


def test_the_hooks_mask_and_leave_a_keyboard_interrupt_to_python(
    logs: Logging, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def die() -> None:
        fail(f"key={CANARY}")

    def leave() -> None:
        sys.exit(3)

    for target in (die, leave):
        thread = threading.Thread(target=target, name=target.__name__)
        thread.start()
        thread.join()
    sys.excepthook(OSError, OSError(f"oauth:{CANARY}"), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt("by hand"), None)

    written = text(tmp_path)
    assert "The thread die died" in written
    assert "thread leave" not in written
    assert "OSError: oauth:***" in written
    assert "by hand" not in written
    assert "by hand" in capsys.readouterr().err
    assert CANARY not in written
