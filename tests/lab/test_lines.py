"""References and lines of given length, and checkpoints that are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.speaking_rate import usual_seconds
from ishowtts_desktop.lab.lines import make_line, make_reference, opened

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.speech.f5.reference import Reference


@pytest.mark.parametrize("seconds", [0.6, 3.0, 5.3, 12.0])
def test_a_reference_is_as_long_as_asked_and_its_text_goes_with_it(seconds: float) -> None:
    found = make_reference(seconds)
    assert found.seconds == pytest.approx(seconds, abs=0.011)
    assert float(found.mel.std()) > 0.5
    # THEN it is spoken at one rate, whatever its length
    assert 10 < len(found.text) / seconds < 25


@pytest.mark.parametrize("seconds", [0.2, 16.0])
def test_a_reference_of_another_length_is_refused(seconds: float) -> None:
    with pytest.raises(EngineError, match="reference"):
        make_reference(seconds)


@pytest.mark.parametrize("seconds", [0.1, 1.0, 4.3, 30.0])
def test_a_line_lasts_as_long_as_asked_and_its_text_fits(
    seconds: float, reference: Reference
) -> None:
    line = make_line(reference, seconds)
    assert line.seconds == pytest.approx(seconds, abs=0.011)
    assert line.reference_frames == reference.frames
    assert line.frames == line.reference_frames + line.spoken
    assert usual_seconds(line.text) == pytest.approx(seconds, abs=0.4)


def test_a_line_may_last_up_to_a_length_that_is_recorded(reference: Reference) -> None:
    exact, snapped = make_line(reference, 1.0), make_line(reference, 1.0, snaps=True)
    assert snapped.frames % 32 == 0
    assert 0 <= snapped.frames - exact.frames < 32


def test_random_weights_are_there_for_as_long_as_they_are_needed(tmp_path: Path) -> None:
    with opened("tiny", None) as checkpoint:
        model = checkpoint.files.model
        assert model.is_file()
    assert not model.parent.exists()
    with pytest.raises(EngineError, match=str(tmp_path)), opened(None, tmp_path):
        pass
