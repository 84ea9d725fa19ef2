"""Which licences somebody on this machine has agreed to, so that nobody is asked twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ishowtts_desktop.core.errors import ModelError
from ishowtts_desktop.core.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.published import PublishedModel

LICENCES_FILE: Final = "licences.toml"
"""Its name, in the folder of the user's data."""
_KEY: Final = "accepted"


class Acceptances:
    """A small file at ``path``, which need not exist: for each model the licence agreed to.

    Who agreed to a licence has done so for all models that have it.

    A file that can't be read counts as empty: then somebody is asked once more.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def accepted(self, model: PublishedModel) -> bool:
        """Tell whether ``model`` may be downloaded; a licence that asks nothing always may."""
        return not model.licence.asks or model.licence.id in self._read().values()

    def accept(self, model: PublishedModel) -> None:
        """Remember that somebody agreed to the licence of ``model``. Raises `ModelError`."""
        known = self._read() | {model.id: model.licence.id}
        text = tomlkit.dumps({_KEY: dict(sorted(known.items()))})
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._path, text.encode("utf-8"))
        except OSError as error:
            raise ModelError(
                f"That the licence was accepted can't be written to {self._path}:"
                f" {error.strerror or error}.",
                "Check the folder and the disk, then try again.",
            ) from error

    def _read(self) -> dict[str, str]:
        try:
            kept = tomlkit.parse(self._path.read_text(encoding="utf-8")).unwrap().get(_KEY)
        except (OSError, UnicodeDecodeError, TOMLKitError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {name: value for name, value in kept.items() if isinstance(value, str)}
