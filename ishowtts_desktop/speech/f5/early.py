"""Importing torch beside a window and a voice that must not stutter.

Most of an import is Python code, which shares the interpreter with the other threads. Two things
don't: opening torch's libraries, which the import system does with the interpreter's lock held (for
seconds from a cold disk), and full garbage collections over hundreds of thousands of new objects.
So the libraries are opened before, by a foreign call, which lets go of the lock, and nothing is
collected meanwhile.

While one library is opened the system's loader lets no other in. Who opens one with the
interpreter's lock held then stops every thread, not only its own; so the files are read before,
which makes it short, and the caller may keep others from it. Figures: docs/adr/0008.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import logging
import os
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

# In torch's own order and ways; the second brings along all that is C++, CUDA's libraries as well.
_OPENED: Final = (
    ("lib/libtorch_global_deps.so", os.RTLD_GLOBAL | os.RTLD_LAZY),
    ("lib/libtorch.so", os.RTLD_LOCAL | os.RTLD_LAZY),
)
# Each of them comes in by one long call with the lock held: a tenth of a second on a PC.
_DICTIONARIES: Final = ("rjieba", "pypinyin")
_BLOCK: Final = 1 << 20

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def quiet_imports(opening: AbstractContextManager[object]) -> Iterator[None]:
    """Make what is imported inside, torch first of all, hold up the other threads little.

    ``opening`` is entered while libraries are opened, to keep out who would open others.
    What is alive at the end is never looked at by the garbage collector again: modules live as
    long as the process. Without torch, or where it is imported already, nothing is done.
    """
    root = _torch_folder()
    if root is None or "torch" in sys.modules:
        yield
        return
    began = time.monotonic()
    _read(root)
    with opening:
        _open(root)
    _log.info("torch's libraries came in within %.2f s", time.monotonic() - began)
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if collecting:
            gc.enable()
    _log.info("torch was imported within %.2f s", time.monotonic() - began)


def import_dictionaries() -> None:
    """Import the dictionaries of Chinese, for which a pause of the speech is best.

    Raises `ImportError`.
    """
    for name in _DICTIONARIES:
        import_module(name)


def _torch_folder() -> Path | None:
    spec = find_spec("torch")
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def _read(root: Path) -> None:
    """Bring the libraries from the disk into memory."""
    # CUDA's own libraries come in packages beside it.
    files = [*(root / "lib").glob("*.so*"), *root.parent.glob("nvidia/*/lib/*.so*")]
    for path in sorted(files):
        with contextlib.suppress(OSError), path.open("rb", buffering=0) as file:
            while file.read(_BLOCK):
                pass


def _open(root: Path) -> None:
    """Open the libraries; one that is missing or broken the import itself will tell."""
    # Not `ctypes.CDLL(path)`: that opens with the lock held.
    opening = ctypes.CDLL(None).dlopen
    opening.restype, opening.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
    for name, how in _OPENED:
        if (root / name).is_file() and not opening(os.fsencode(root / name), how):
            _log.info("%s did not open early", name)
