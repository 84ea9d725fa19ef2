"""A download that somebody stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import ModelError

if TYPE_CHECKING:
    from ishowtts_desktop.core.cancel import CancelToken


class Cancelled(ModelError):  # noqa: N818 - it says what happened
    """Somebody asked to stop; what was fetched is kept."""


def stop_if(cancel: CancelToken) -> None:
    """Raise `Cancelled` when ``cancel`` is."""
    if cancel.cancelled:
        raise Cancelled("The download was cancelled.", "The next one goes on from there.")
