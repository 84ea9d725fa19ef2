"""The bundled chime."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ishowtts_desktop.audio import chime
from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.core.resources import resource

if TYPE_CHECKING:
    from pathlib import Path


def test_the_chime_is_short_soft_and_begins_and_ends_in_silence() -> None:
    sound = chime.load_chime()
    assert 0.2 < sound.seconds <= 0.6
    assert sound.samples.dtype == np.float32
    assert sound.samples.ndim == 1
    assert 0.2 < np.abs(sound.samples).max() < 0.6
    assert np.abs(sound.samples[[0, -1]]).max() < 1e-3
    assert resource("sounds", "chime.flac").stat().st_size < 30_000


@pytest.mark.parametrize("content", [None, b"", b"this is no sound"])
def test_a_broken_installation_is_told(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chime.flac"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(chime, "resource", lambda *_: path)
    with pytest.raises(AudioError, match="Install the application again"):
        chime.load_chime()
