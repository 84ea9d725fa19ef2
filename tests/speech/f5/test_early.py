"""Importing torch quietly: its libraries come first, nothing is collected, and all is as before."""

from __future__ import annotations

import contextlib
import gc
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.speech.f5 import early

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
# In a process of its own, which has no torch yet.
PROGRAM = """
import contextlib, gc, json, sys
from pathlib import Path
from ishowtts_desktop.speech.f5.early import quiet_imports

def opened():
    return "libtorch_cpu" in Path("/proc/self/maps").read_text()

told = []

@contextlib.contextmanager
def opening():
    told.append(opened())
    yield
    told.append(opened())

with quiet_imports(opening()):
    told += ["torch" in sys.modules, gc.isenabled()]
    import torch
told += [gc.isenabled(), gc.get_freeze_count() > 100_000, float(torch.ones(3).sum())]
frozen = gc.get_freeze_count()
with quiet_imports(opening()):
    told.append(gc.isenabled())
print(json.dumps(told))
"""


def test_the_libraries_are_there_before_the_import_and_nothing_is_collected() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    opening, package, after = [False, True], [False, False], [True, True, 3.0]
    # THEN with torch imported, the second time nothing was done
    assert json.loads(done.stdout) == [*opening, *package, *after, True]


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A torch whose library is no library, and whose import fails."""
    library = tmp_path / "lib" / "libtorch.so"
    library.parent.mkdir()
    library.write_text("not a library")
    monkeypatch.setattr(early, "_torch_folder", lambda: tmp_path)
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    return tmp_path


@pytest.fixture
def collecting() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


@pytest.mark.usefixtures("broken", "collecting")
@pytest.mark.parametrize("before", [True, False])
def test_an_import_that_fails_leaves_the_collector_as_it_was(before: bool) -> None:
    if not before:
        gc.disable()
    frozen = gc.get_freeze_count()
    during = []

    def import_torch() -> None:
        with early.quiet_imports(contextlib.nullcontext()):
            during.append(gc.isenabled())
            raise ImportError("undefined symbol")

    with pytest.raises(ImportError, match="undefined symbol"):
        import_torch()
    assert during == [False]
    assert gc.isenabled() is before
    assert gc.get_freeze_count() == frozen


def test_without_torch_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early, "find_spec", lambda _: None)
    with early.quiet_imports(contextlib.nullcontext()):
        assert gc.isenabled()
