"""What a figure was measured on: two are comparable only where this is the same."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Final

import torch

from ishowtts_desktop import __version__
from ishowtts_desktop.lab.roofline import ORIN, measured_peak_tflops, peak_tflops

PACKAGES: Final = ("torch", "f5-tts", "vocos", "numpy")
CPU_INFO: Final = Path("/proc/cpuinfo")
# A Jetson's GPU answers here and not to nvidia-smi.
JETSON_CLOCKS: Final = "/sys/class/devfreq/*gpu*"
PATIENCE: Final = 10


def describe(device: torch.device | str) -> dict[str, object]:
    """Return the machine's names, versions and clocks; what isn't known is absent."""
    device = torch.device(device)
    known: dict[str, object] = {
        "cpu": cpu_name(),
        "threads": torch.get_num_threads(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "ishowtts-desktop": __version__,
        **{name: _version(name) for name in PACKAGES},
    }
    if device.type == "cuda":
        known["gpu"] = gpu_name(device)
        known["cuda"] = torch.version.cuda
        known |= gpu_clocks()
    return {name: value for name, value in known.items() if value not in (None, "")}


def peak_of(device: torch.device | str, dtype: torch.dtype) -> float | None:
    """Return the peak in TFLOP/s: a GPU's by its name, this CPU's by measuring; None if unknown.

    An Orin's is that of its clock at this moment: ask when it has just been at work.
    """
    device = torch.device(device)
    if device.type != "cuda":
        return measured_peak_tflops(dtype)
    name = gpu_name(device)
    if ORIN not in name:
        return peak_tflops(name)
    clock = gpu_clocks().get("gpu_mhz")
    processors = torch.cuda.get_device_properties(device).multi_processor_count
    return peak_tflops(name, clock, processors)


def gpu_name(device: torch.device | str) -> str:
    """Return the name of the GPU at ``device``; empty for a processor."""
    if torch.device(device).type != "cuda":
        return ""
    return str(torch.cuda.get_device_name(device))


def cpu_name(cpu_info: Path = CPU_INFO) -> str:
    """Return the processor's name."""
    try:
        lines = cpu_info.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def gpu_clocks(jetson: str = JETSON_CLOCKS) -> dict[str, float]:
    """Return the GPU's clock, its limits and whether it is locked (both limits the same), in MHz.

    Empty where nobody tells.
    """
    root, _, pattern = jetson.rpartition("/")
    for folder in sorted(Path(root).glob(pattern)):
        try:
            now, low, high = (
                float((folder / name).read_text(encoding="ascii")) / 1e6
                for name in ("cur_freq", "min_freq", "max_freq")
            )
        except (OSError, ValueError):
            continue
        return {"gpu_mhz": now, "gpu_max_mhz": high, "gpu_locked": float(low == high)}
    return _nvidia_smi()


def _nvidia_smi() -> dict[str, float]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return {}
    command = [program, "--query-gpu=clocks.sm,clocks.max.sm", "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command of the driver
            command, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        now, high = (float(number) for number in done.stdout.splitlines()[0].split(","))
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return {}
    return {"gpu_mhz": now, "gpu_max_mhz": high}


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
