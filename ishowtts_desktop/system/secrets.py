"""Tokens and keys: in the system's keyring, or else in memory for this run. Never in a file.

Two threads. "secrets" takes the wishes in order and answers each in bounded time. "keyring" makes
the calls, any of which may hang on a prompt that nobody answers; then it is left behind and
secrets stay in memory. A keyring that looks healthy may refuse, so a round trip proves it first.
"""

from __future__ import annotations

import logging
import math
import queue
import secrets
import threading
import time
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ishowtts_desktop.core.errors import IshowttsError, SecretsError
from ishowtts_desktop.system.keyrings import system_keyring

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.system.keyrings import Backend
    from ishowtts_desktop.system.redaction import Redactor

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_SERVICE = "ishowtts-desktop"
_UNLOCK = "Unlock the keyring and start the application again."
_POLL_SECONDS = 0.05
_CLOSE_SECONDS = 0.5


@dataclass(frozen=True)
class SecretsState:
    """Where secrets live, for a banner: ``safe`` in the keyring ``where``; else why not, and then.

    Before the keyring has answered, ``known`` is False.
    """

    known: bool
    safe: bool
    where: str
    why: str = ""
    advice: str = ""


class Secrets:
    """Get, set and delete secrets by name, without waiting; futures resolve on "secrets".

    A future fails with `SecretsError` when the keyring refused to tell. What the keyring refuses to
    take is kept in memory, and `state` says so. ``time_limit`` is seconds for one call, long
    enough for a person to type a password.
    """

    def __init__(
        self,
        redactor: Redactor,
        backend_factory: Callable[[], tuple[Backend, str]] = system_keyring,
        time_limit: float = 60.0,
    ) -> None:
        self._redactor = redactor
        self._factory = backend_factory
        self._limit = time_limit
        self._memory: dict[str, str] = {}
        self._backend: Backend | None = None
        self._state = SecretsState(known=False, safe=False, where="memory")
        self._listeners: list[Callable[[SecretsState], None]] = []
        self._wishes: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._ends_at = math.inf
        self._guard = threading.Lock()
        self._front = threading.Thread(target=self._serve, name="secrets")
        # A daemon: a prompt that nobody answers must not hold the end of the process.
        self._back = threading.Thread(target=self._call_on, name="keyring", daemon=True)

    def __repr__(self) -> str:
        return "<Secrets>"

    @property
    def state(self) -> SecretsState:
        """Where secrets live now."""
        return self._state

    def watch(self, listener: Callable[[SecretsState], None]) -> None:
        """Call ``listener`` on every change of state, on "secrets". To be called before `open`."""
        self._listeners.append(listener)

    def open(self) -> Future[SecretsState]:
        """Start the threads and try the keyring; the future tells how that went. Call it once."""
        self._front.start()
        self._back.start()
        return self._wish(self._try_keyring)

    def get(self, name: str) -> Future[str | None]:
        """Look up a secret; None when there is none."""
        return self._wish(lambda: self._get(name))

    def set(self, name: str, value: str) -> Future[None]:
        """Store a secret. It is masked in the log from this moment."""
        self._redactor.add(value)
        return self._wish(lambda: self._set(name, value))

    def delete(self, name: str) -> Future[None]:
        """Forget a secret; one that isn't there is forgotten already."""
        return self._wish(lambda: self._delete(name))

    def close(self) -> None:
        """Carry out what was asked for, as far as half a second goes, and end. May come twice."""
        with self._guard:
            if self._ends_at < math.inf:
                return
            self._ends_at = time.monotonic() + _CLOSE_SECONDS
            self._wishes.put(None)
        if self._front.ident is None:
            return
        self._front.join()
        self._calls.put(None)
        self._back.join(_POLL_SECONDS)
        self._memory.clear()

    def _wish(self, action: Callable[[], _T]) -> Future[_T]:
        future: Future[_T] = Future()

        def carry_out() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(action())
                except SecretsError as error:
                    future.set_exception(error)

        with self._guard:
            if self._ends_at < math.inf:
                future.set_exception(SecretsError("The application is closing."))
            else:
                self._wishes.put(carry_out)
        return future

    def _serve(self) -> None:
        while (wish := self._wishes.get()) is not None:
            wish()

    def _call_on(self) -> None:
        while (call := self._calls.get()) is not None:
            call()

    def _ask(self, action: Callable[[], _T]) -> _T:
        """Let "keyring" do ``action``; raises `SecretsError` when it fails or takes too long."""
        answer: Future[_T] = Future()

        def call() -> None:
            try:
                answer.set_result(action())
            except IshowttsError as error:
                answer.set_exception(error)
            except Exception as error:  # noqa: BLE001 - thread edge; backends raise what they like
                # Without the traceback: keyring's frames hold a D-Bus connection open.
                _log.info("The keyring failed: %s: %s", type(error).__name__, error)
                message = f"The keyring refused: {type(error).__name__}."
                answer.set_exception(SecretsError(message, _UNLOCK))

        self._calls.put(call)
        self._await(answer)
        return answer.result(timeout=0)

    def _await(self, answer: Future[_T]) -> None:
        deadline = time.monotonic() + self._limit
        while not answer.done():
            if time.monotonic() >= min(deadline, self._ends_at):
                raise SecretsError("The keyring doesn't answer.", _UNLOCK)
            wait([answer], timeout=_POLL_SECONDS)

    def _try_keyring(self) -> SecretsState:
        try:
            backend, where = self._ask(self._probed)
        except SecretsError as error:
            self._fall_back(error)
        else:
            self._backend = backend
            self._tell(SecretsState(known=True, safe=True, where=where))
        return self._state

    def _probed(self) -> tuple[Backend, str]:
        backend, where = self._factory()
        name, canary = f"probe-{secrets.token_hex(8)}", secrets.token_hex(16)
        backend.set_password(_SERVICE, name, canary)
        heard = backend.get_password(_SERVICE, name)
        backend.delete_password(_SERVICE, name)
        if heard != canary:
            raise SecretsError(f"The keyring {where} doesn't keep what it is given.", _UNLOCK)
        return backend, where

    def _fall_back(self, error: SecretsError) -> None:
        self._backend = None
        advice = f"Tokens last for this run only. {error.advice}".strip()
        self._tell(SecretsState(True, False, "memory", error.message, advice))

    def _tell(self, state: SecretsState) -> None:
        self._state = state
        for listener in self._listeners:
            listener(state)

    def _get(self, name: str) -> str | None:
        backend = self._backend
        if name in self._memory or backend is None:
            return self._memory.get(name)
        try:
            value = self._ask(lambda: backend.get_password(_SERVICE, name))
        except SecretsError as error:
            self._fall_back(error)
            raise
        if value is not None:
            self._redactor.add(value)
        return value

    def _set(self, name: str, value: str) -> None:
        backend = self._backend
        if backend is not None:
            try:
                self._ask(lambda: backend.set_password(_SERVICE, name, value))
            except SecretsError as error:
                self._fall_back(error)
            else:
                self._memory.pop(name, None)
                return
        self._memory[name] = value

    def _delete(self, name: str) -> None:
        self._memory.pop(name, None)
        backend = self._backend
        if backend is None:
            return
        try:
            self._ask(lambda: _remove(backend, name))
        except SecretsError as error:
            self._fall_back(error)
            raise


def _remove(backend: Backend, name: str) -> None:
    if backend.get_password(_SERVICE, name) is not None:
        backend.delete_password(_SERVICE, name)
