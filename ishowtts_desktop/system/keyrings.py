"""The keyrings that may hold a token: those that the system locks, never a file of ours.

They are named here and made here: `keyring.get_keyring` would also take a plug-in that writes
plain text, or one that ``PYTHON_KEYRING_BACKEND`` names.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from ishowtts_desktop.core.errors import SecretsError

_ALLOWED = (
    ("keyring.backends.SecretService", "Keyring", "Secret Service"),
    ("keyring.backends.kwallet", "DBusKeyring", "KWallet"),
    ("keyring.backends.Windows", "WinVaultKeyring", "Windows Credential Manager"),
    ("keyring.backends.macOS", "Keyring", "macOS Keychain"),
)


class Backend(Protocol):
    """A keyring, as the package of that name has it. Every call may block on an unlock prompt."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the secret, None when there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store the secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Delete the secret; raises when there is none."""
        ...


def system_keyring() -> tuple[Backend, str]:
    """Return the best keyring of this system and its name; raises `SecretsError`. May block."""
    found = [one for one in (_offered(*allowed) for allowed in _ALLOWED) if one is not None]
    if not found:
        raise SecretsError(
            "This desktop offers no keyring.",
            "Start or install one, such as gnome-keyring or KWallet.",
        )
    _, backend, name = max(found, key=lambda one: one[0])
    return backend, name


def _offered(module: str, kind: str, name: str) -> tuple[float, Backend, str] | None:
    try:
        backend = getattr(import_module(module), kind)
        # Asking for the priority asks the service; it raises RuntimeError where there is none.
        return float(backend.priority), cast("Backend", backend()), name
    except (ImportError, AttributeError, RuntimeError, OSError):
        return None
