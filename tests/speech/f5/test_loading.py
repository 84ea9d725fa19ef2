"""What loading costs, in memory and in time, and that a loaded model needs no file.

`F5_CHECKPOINT` names a model's folder to measure instead of the small one that is made here, whose
fixed costs weigh more than its bytes.
"""

from __future__ import annotations

import dataclasses
import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech import f5
from ishowtts_desktop.speech.f5 import memory
from ishowtts_desktop.speech.f5.arch import ARCHS
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.random_weights import MODEL_FILE, write_random
from ishowtts_desktop.speech.f5.schedule import modulation

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
TINY = ARCHS["tiny"]
# Large enough that a second copy of anything is seen: 60 million weights, 240 MB.
MIDDLE = dataclasses.replace(ARCHS["v1_small"], name="middle", dim=640, heads=10, depth=8)
SLACK = 32 * 2**20
"""Bytes: scratch of the threads, rounding to huge pages, what Python itself takes."""
LAZY = ("regex", "jieba", "rjieba", "pypinyin", "sympy", "soundfile", "soxr", "scipy")

MEMORY = """
import json, sys
from pathlib import Path
import torch
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.schedule import modulation
def kilobytes(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])
folder, small, dtype = Path(sys.argv[1]), Path(sys.argv[2]), getattr(torch, sys.argv[3])
modulation(Checkpoint.find(small, {}).load(dtype=dtype).time_weights, 7)
Path("/proc/self/clear_refs").write_text("5")
before = kilobytes("VmRSS")
model = Checkpoint.find(folder, {}).load(dtype=dtype)
tables = modulation(model.time_weights, 7)
after = kilobytes("VmHWM")
kept = [t for part in (model.dit, model.text_encoder, model.vocos) for t in part.parameters()]
print(json.dumps({"grown": 1024 * (after - before), "kept": sum(t.nbytes for t in kept)}))
"""

TIME = """
import json, sys, time
from pathlib import Path
import torch
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
checkpoint = Checkpoint.find(Path(sys.argv[1]))
def plain():
    buffer = bytearray(2**20)
    for path in (checkpoint.files.model, checkpoint.files.vocos):
        with path.open("rb", buffering=0) as file:
            while file.readinto(buffer):
                pass
def whole(dtype):
    model = checkpoint.load(dtype=dtype)
    for _ in model.time_weights.blocks:
        pass
ways = {
    "plain": plain,
    "float32": lambda: checkpoint.load(),
    "float32 and its time weights": lambda: whole(torch.float32),
    "bfloat16": lambda: checkpoint.load(dtype=torch.bfloat16),
    "bfloat16 and its time weights": lambda: whole(torch.bfloat16),
}
seconds = {name: [] for name in ways}
for _ in range(6):
    for name, way in ways.items():
        start = time.perf_counter()
        way()
        seconds[name].append(time.perf_counter() - start)
print(json.dumps({name: [found[0], min(found[1:])] for name, found in seconds.items()}))
"""

IMPORT = """
import json, sys, time
import torch
before, names, seconds = set(sys.modules), sys.argv[1:], {}
for name in names:
    start = time.perf_counter()
    __import__("ishowtts_desktop.speech.f5." + name)
    seconds[name] = time.perf_counter() - start
print(json.dumps([sum(seconds.values()), sorted(set(sys.modules) - before)]))
"""


def answer(program: str, *arguments: object) -> Any:
    """What ``program`` prints in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loading") / "tiny"
    write_random(TINY, folder)
    return folder


@pytest.fixture(scope="module")
def middle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loading") / "middle"
    write_random(MIDDLE, folder)
    return folder


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_loading_takes_the_memory_of_the_model_and_no_second_copy(
    dtype: str, middle: Path, tiny: Path, figure: Callable[[str], None]
) -> None:
    # WHEN a model is loaded and its tables are made, in a process of its own
    told = answer(MEMORY, middle, tiny, dtype)
    grown, kept, file = told["grown"], told["kept"], middle.joinpath(MODEL_FILE).stat().st_size
    figure(f"F5 loading in {dtype}: {grown / 1e6:.0f} MB at most for {kept / 1e6:.0f} MB kept")
    # THEN its most is what is kept, and less than what the file has
    assert kept < grown < kept + SLACK
    assert grown < file


def test_the_share_of_plain_reading_is_measured(
    middle: Path, figure: Callable[[str], None]
) -> None:
    folder = os.environ.get("F5_CHECKPOINT", middle)
    told = answer(TIME, folder)
    _, plain = told.pop("plain")
    for name, (first, best) in told.items():
        figure(
            f"F5 loading in {name}: {best:.3f} s, {plain / best:.0%} of plain reading"
            f" ({plain:.3f} s); {first:.3f} s the first time"
        )
    assert plain > 0


def test_importing_the_engine_costs_little_beyond_torch(figure: Callable[[str], None]) -> None:
    # GIVEN every module of the engine, the engine itself first
    names = ["engine", *(module.name for module in pkgutil.iter_modules(f5.__path__))]
    # WHEN a fresh Python that has torch imports them; three, because a machine may be busy
    told = [answer(IMPORT, *names) for _ in range(3)]
    seconds = min(seconds for seconds, _ in told)
    figure(f"F5 import beyond torch: {seconds:.3f} s")
    # THEN it takes no time, and what only some text needs is not there yet
    assert seconds < 0.3
    assert {name.partition(".")[0] for name in told[0][1]} & set(LAZY) == set()


def test_loading_imports_nothing_large(tiny: Path) -> None:
    program = (
        "import json, sys; from pathlib import Path; import torch\n"
        "from ishowtts_desktop.speech.f5.checkpoint import Checkpoint\n"
        "before = set(sys.modules); Checkpoint.find(Path(sys.argv[1]), {}).load()\n"
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    assert [name for name in answer(program, tiny) if "." not in name] == []


def test_type_and_device_are_those_asked_for(tiny: Path) -> None:
    checkpoint = Checkpoint.find(tiny, {})
    whole, half = checkpoint.load(), checkpoint.load(dtype=torch.float16)
    # THEN the transformer has the type, by the same rounding as a whole model's
    for name, tensor in whole.dit.state_dict().items():
        assert torch.equal(half.dit.state_dict()[name], tensor.half())
    # AND nothing else has
    for part in (half.text_encoder, half.vocos):
        assert {tensor.dtype for tensor in part.state_dict().values()} == {torch.float32}
    assert torch.equal(
        modulation(half.time_weights, 7).blocks, modulation(whole.time_weights, 7).blocks
    )
    # AND on another device all is there but what makes the tables
    away = checkpoint.load("meta", torch.bfloat16)
    for part in (away.dit, away.text_encoder, away.vocos):
        assert {t.device.type for t in (*part.parameters(), *part.buffers())} == {"meta"}
    assert {tensor.dtype for tensor in away.dit.parameters()} == {torch.bfloat16}
    assert modulation(away.time_weights, 7).blocks.device.type == "cpu"


def test_a_loaded_model_needs_no_file(tiny: Path, tmp_path: Path) -> None:
    # GIVEN a loaded model
    copy = tmp_path / "model"
    copy.mkdir()
    for path in (MODEL_FILE, "vocab.txt", "vocos/vocos.safetensors"):
        copy.joinpath(path).parent.mkdir(exist_ok=True)
        copy.joinpath(path).write_bytes(tiny.joinpath(path).read_bytes())
    model, expected = Checkpoint.find(copy, {}).load(), Checkpoint.find(tiny, {}).load()
    # WHEN its files are emptied
    for path in copy.rglob("*.safetensors"):
        os.truncate(path, 0)
    # THEN its weights are what they were. Mapped, the process would end here
    for name, tensor in expected.dit.state_dict().items():
        assert torch.equal(model.dit.state_dict()[name], tensor)
    mel = torch.zeros(1, 20, 100)
    assert torch.equal(model.vocos(mel), expected.vocos(mel))
    # AND tables that are yet to be made are an error and not a crash
    with pytest.raises(EngineError, match="was changed"):
        modulation(model.time_weights, 7)


def test_too_little_memory_is_told_before_it_is_taken(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda _: memory.RESERVE + 10_000)
    monkeypatch.setattr(memory, "_piece", lambda *_: pytest.fail("memory was taken"))
    with pytest.raises(EngineError, match=rf"{MODEL_FILE} needs .* GB are free\."):
        Checkpoint.find(tiny, {}).load()
