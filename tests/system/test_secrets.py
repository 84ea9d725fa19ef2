"""Secrets: in a real keyring where there is one, in memory otherwise, never waiting for either."""

from __future__ import annotations

import gc
import threading
import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.errors import SecretsError
from ishowtts_desktop.system.redaction import Redactor
from ishowtts_desktop.system.secrets import Secrets, SecretsState
from tests.support.keyring_session import KeyringSession, keyring_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAME = "twitch.token"
TOKEN = "oauth:canary8f3kd92ms"
LONG = 30.0


@contextmanager
def opened(*arguments: object, **named: object) -> Iterator[Secrets]:
    secrets = Secrets(Redactor(), *arguments, **named)  # type: ignore[arg-type]
    try:
        yield secrets
    finally:
        secrets.close()


@contextmanager
def careless_keyring() -> Iterator[None]:
    """Overlook that the keyring package leaves its connection open when it fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyringSession]:
    """A keyring daemon that this process finds too."""
    with keyring_session(tmp_path / "k") as session:
        for name in ("HOME", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, session.environment[name])
        yield session


class Backend:
    """A keyring that does what a test needs: forgets, fails, or hangs until told otherwise."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.go_on = threading.Event()
        self.go_on.set()
        self.failing = False
        self.forgets = False

    def _call(self) -> None:
        self.go_on.wait(LONG)
        if self.failing:
            raise ValueError("locked by somebody, no KeyringError")

    def get_password(self, service: str, username: str) -> str | None:
        self._call()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._call()
        if not self.forgets:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._call()
        self.kept.pop((service, username), None)


def offered(backend: Backend) -> Callable[[], tuple[Backend, str]]:
    return lambda: (backend, "a test's keyring")


def test_secrets_are_in_the_real_keyring_and_survive_a_restart(session: KeyringSession) -> None:
    with opened() as secrets:
        state = secrets.open().result(LONG)
        assert state == SecretsState(known=True, safe=True, where="Secret Service")
        assert secrets.get(NAME).result(LONG) is None
        secrets.set(NAME, TOKEN).result(LONG)

    assert session.lookup(NAME) == TOKEN

    with opened() as secrets:
        secrets.open()
        assert secrets.get(NAME).result(LONG) == TOKEN
        secrets.delete(NAME).result(LONG)
        secrets.delete(NAME).result(LONG)
        assert secrets.get(NAME).result(LONG) is None

    assert session.lookup(NAME) is None


def test_a_locked_keyring_means_memory_and_advice(session: KeyringSession) -> None:
    session.lock()

    with careless_keyring(), opened() as secrets:
        state = secrets.open().result(LONG)
        secrets.set(NAME, TOKEN).result(LONG)

        assert (state.known, state.safe, state.where) == (True, False, "memory")
        assert "refused" in state.why
        assert "Unlock" in state.advice
        assert secrets.get(NAME).result(LONG) == TOKEN


def test_a_keyring_that_locks_later_keeps_the_token_in_memory(session: KeyringSession) -> None:
    told: list[SecretsState] = []
    with careless_keyring(), opened() as secrets:
        secrets.watch(told.append)
        assert secrets.open().result(LONG).safe
        session.lock()

        secrets.set(NAME, TOKEN).result(LONG)

        assert secrets.get(NAME).result(LONG) == TOKEN
        assert [state.safe for state in told] == [True, False]


def test_a_service_that_starts_on_demand_without_a_keyring_means_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keyring_session(tmp_path / "k", daemon=False) as session:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, session.environment[name])
        with careless_keyring(), opened() as secrets:
            state = secrets.open().result(LONG)

    assert not state.safe
    assert state.why
    assert state.advice


def test_without_a_session_bus_secrets_last_for_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)

    with careless_keyring(), opened() as secrets:
        state = secrets.open().result(LONG)
        secrets.set(NAME, TOKEN).result(LONG)
        assert secrets.get(NAME).result(LONG) == TOKEN
        secrets.delete(NAME).result(LONG)
        assert secrets.get(NAME).result(LONG) is None

    assert not state.safe
    assert "no keyring" in state.why
    assert "this run only" in state.advice


def test_a_keyring_named_by_the_environment_is_not_used(
    session: KeyringSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

    with opened() as secrets:
        assert secrets.open().result(LONG).where == "Secret Service"


def test_a_keyring_that_forgets_is_found_out() -> None:
    backend = Backend()
    backend.forgets = True

    with opened(offered(backend)) as secrets:
        state = secrets.open().result(LONG)

    assert not state.safe
    assert "doesn't keep" in state.why


def test_the_probe_leaves_nothing_behind() -> None:
    backend = Backend()

    with opened(offered(backend)) as secrets:
        assert secrets.open().result(LONG).safe

    assert backend.kept == {}


def test_an_unlock_prompt_that_nobody_answers_is_left_behind() -> None:
    backend = Backend()
    backend.go_on.clear()

    with opened(offered(backend), time_limit=0.2) as secrets:
        asked = secrets.open()
        stored = secrets.set(NAME, TOKEN)
        assert not secrets.state.known

        assert "doesn't answer" in asked.result(LONG).why
        stored.result(LONG)
        assert secrets.get(NAME).result(LONG) == TOKEN
        backend.go_on.set()


def test_asking_never_waits_and_closing_does_not_hang_on_a_prompt() -> None:
    backend = Backend()
    backend.go_on.clear()
    began = time.monotonic()

    with opened(offered(backend)) as secrets:
        secrets.open()
        futures = [secrets.set(str(number), TOKEN) for number in range(50)]
        asking = time.monotonic() - began
        secrets.close()
        closing = time.monotonic() - began - asking

    assert asking < 1.0
    assert closing < 2.0
    assert all(future.done() for future in futures)
    backend.go_on.set()


def test_closing_carries_out_what_was_asked_for_and_nothing_more() -> None:
    backend = Backend()

    with opened(offered(backend)) as secrets:
        secrets.open()
        for number in range(20):
            secrets.set(str(number), TOKEN)
    late = secrets.set(NAME, TOKEN)

    assert len(backend.kept) == 20
    with pytest.raises(SecretsError, match="closing"):
        late.result(LONG)


def test_closing_before_opening_is_fine() -> None:
    with opened(offered(Backend())) as secrets:
        secrets.close()


def test_a_failing_keyring_tells_so_once_and_memory_goes_on() -> None:
    backend = Backend()
    with opened(offered(backend)) as secrets:
        assert secrets.open().result(LONG).safe
        backend.failing = True

        with pytest.raises(SecretsError, match="refused: ValueError"):
            secrets.get(NAME).result(LONG)

        secrets.set(NAME, TOKEN).result(LONG)
        assert secrets.get(NAME).result(LONG) == TOKEN
        assert not secrets.state.safe


def test_a_secret_that_could_not_be_deleted_is_told() -> None:
    backend = Backend()
    with opened(offered(backend)) as secrets:
        secrets.open()
        secrets.set(NAME, TOKEN).result(LONG)
        backend.failing = True

        with pytest.raises(SecretsError):
            secrets.delete(NAME).result(LONG)


def test_a_wish_that_was_cancelled_is_passed_over() -> None:
    backend = Backend()
    backend.go_on.clear()
    with opened(offered(backend)) as secrets:
        secrets.open()
        wish = secrets.set(NAME, TOKEN)
        assert wish.cancel()
        backend.go_on.set()
        assert secrets.get(NAME).result(LONG) is None


def test_every_secret_is_masked_from_the_moment_it_is_known() -> None:
    redactor, backend = Redactor(), Backend()
    backend.kept["ishowtts-desktop", "old"] = "from-an-earlier-run"
    secrets = Secrets(redactor, offered(backend))
    secrets.open()
    secrets.set("new", "just-typed-in").result(LONG)
    secrets.get("old").result(LONG)

    shown = [repr(secrets), str(secrets), repr(secrets.state), redactor.redact("just-typed-in")]
    secrets.close()

    assert "just-typed-in" not in "".join(shown)
    assert redactor.redact("from-an-earlier-run") == "***"
