"""What the numeric core loads, and that the oracle leaves nothing behind."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

from tests.support.f5_pair import our_vocos, pair
from tests.support.stock_f5 import TAINTED, standing_in, tainted

ROOT = Path(__file__).parents[3]
CORE = ("arch", "mel", "schedule", "dit", "text_encoder", "sampler", "vocos", "weights")
PROGRAM = f"""
import json, sys
import torch, numpy
before = set(sys.modules)
for name in {CORE!r}:
    __import__("ishowtts_desktop.speech.f5." + name)
print(json.dumps([sorted(before), sorted(set(sys.modules) - before)]))
"""
STRANGERS = {
    *("torchaudio", "librosa", "pypinyin", "rjieba", "jieba", "huggingface_hub", "transformers"),
    *("f5_tts", "vocos", "x_transformers", "torchdiffeq", "einops", "encodec", "scipy", "PySide6"),
}


def test_the_core_needs_torch_and_nothing_more() -> None:
    # WHEN a fresh Python imports every module of the core
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    before, added = json.loads(done.stdout)
    # THEN only our own modules and the standard library's come on top of torch and NumPy
    tops = {name.partition(".")[0] for name in added}
    allowed = {*sys.stdlib_module_names, "ishowtts_desktop", "torch", "numpy", "safetensors"}
    assert tops - allowed == set()
    assert {name.partition(".")[0] for name in before} & STRANGERS == set()
    assert {f"ishowtts_desktop.speech.f5.{name}" for name in CORE} <= set(added)


def test_the_oracle_leaves_the_modules_as_they_were() -> None:
    # GIVEN the oracle in use
    before = tainted()
    assert pair()
    assert our_vocos()
    assert tainted() == before
    # WHEN somebody imports under it
    with standing_in():
        assert importlib.import_module("torchaudio").__name__ in tainted()
    # THEN no stand-in is left
    assert tainted() == before
    assert not any(getattr(sys.modules.get(n), "__spec__", 1) is None for n in TAINTED)
