"""Up to which pitch a recording holds anything: a telephone leaves half of speech out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.sound.spectrum import RATE, at_common_rate, spectra

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WINDOW: Final = 512
_HOP: Final = RATE // 100
_FAINT_DB: Final = -45.0  # to the strongest pitch: hissing sounds are above that
_NEAR: Final = 5


def bandwidth(samples: NDArray[np.float32], rate: int) -> float:
    """Return the highest frequency in Hz, up to 8000, at which something is heard now and then."""
    samples = at_common_rate(samples, rate)
    if not len(samples):
        return 0.0
    powers = np.concatenate([part for _, part in spectra(samples, _WINDOW, _HOP)])
    # What one frame in twenty reaches: a hiss is rare, a click is rarer.
    level = 10 * np.log10(np.percentile(powers, 95, axis=0) + 1e-14)
    level = np.convolve(np.pad(level, _NEAR // 2, mode="edge"), np.ones(_NEAR) / _NEAR, "valid")
    heard = np.flatnonzero(level > level.max() + _FAINT_DB)
    return float(heard[-1]) * RATE / _WINDOW
