"""The checkpoints that are published for everyone: where they are, what they weigh, their licences.

Both who downloads them and who finds them in the Hugging Face cache need these names.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# The folders' names, the best model first. v1 Small isn't on the hub, but people train it.
FOLDERS: Final = ("F5TTS_v1_Base", "F5TTS_v1_Small", "F5TTS_Base")
MODEL_REPOSITORY: Final = "SWivid/F5-TTS"
VOCOS_REPOSITORY: Final = "charactr/vocos-mel-24khz"
VOCABULARY: Final = "vocab.txt"


@dataclass(frozen=True)
class Licence:
    """What may be done with a model, in plain words; ``asks``: only after somebody agreed to it."""

    id: str
    text: str
    asks: bool = False


@dataclass(frozen=True)
class PublishedFile:
    """One file of a repository on the hub.

    ``path`` is the repository's, with slashes. ``bytes`` is about its size: what the hub says
    counts. ``sha256`` is empty where nobody has published it; then the hub's own checksum counts.
    """

    repository: str
    path: str
    bytes: int
    sha256: str = ""


@dataclass(frozen=True)
class PublishedModel:
    """One thing to have. ``files`` are in the order of their download: the weights come last.

    ``companions`` are the ids of what it needs beside it, and what is downloaded along.
    """

    id: str
    name: str
    description: str
    licence: Licence
    files: tuple[PublishedFile, ...]
    companions: tuple[str, ...] = ()

    @property
    def bytes(self) -> int:
        """About how much its own files take."""
        return sum(file.bytes for file in self.files)


CC_BY_NC: Final = Licence(
    "CC-BY-NC-4.0",
    "Free to use, to share and to change, as long as you name its authors (F5-TTS by SWivid and"
    " others) and don't use it to make money. Whether a stream with advertisements, subscriptions"
    " or donations makes money is not for us to say, we are no lawyers: ask the authors, or use"
    " another checkpoint whose licence allows it; this program takes any of the same shape."
    " https://creativecommons.org/licenses/by-nc/4.0/",
    asks=True,
)
MIT: Final = Licence(
    "MIT",
    "Free for every use, as long as the notice of its authors (Vocos by Charactr) stays with it.",
)

CATALOGUE: Final = (
    PublishedModel(
        "v1-base",
        "F5-TTS v1 Base",
        "Speaks English and Mandarin in a cloned voice. The best published one: take this.",
        CC_BY_NC,
        (
            PublishedFile(MODEL_REPOSITORY, f"{FOLDERS[0]}/{VOCABULARY}", 13_800),
            PublishedFile(
                MODEL_REPOSITORY,
                f"{FOLDERS[0]}/model_1250000.safetensors",
                1_348_435_761,
                "670900fd14e6c458b95da6e9ed317cdb20dbaf7a1c02ac06a05475a9d32b6a38",
            ),
        ),
        companions=("vocos",),
    ),
    PublishedModel(
        "v0-base",
        "F5-TTS Base (v0)",
        "The first one, of 2024: for comparing, and for checkpoints that were trained from it.",
        CC_BY_NC,
        (
            PublishedFile(MODEL_REPOSITORY, f"{FOLDERS[2]}/{VOCABULARY}", 13_800),
            PublishedFile(
                MODEL_REPOSITORY,
                f"{FOLDERS[2]}/model_1200000.safetensors",
                1_348_645_281,
                "4180310f91d592cee4bc14998cd37c781f779cf105e8ca8744d9bd48ca7046ae",
            ),
        ),
        companions=("vocos",),
    ),
    PublishedModel(
        "vocos",
        "Vocos, 24 kHz",
        "The vocoder: makes sound of what a model speaks. Every model needs it and brings it.",
        MIT,
        (
            PublishedFile(VOCOS_REPOSITORY, "config.yaml", 461),
            PublishedFile(
                VOCOS_REPOSITORY,
                "pytorch_model.bin",
                54_365_991,
                "97ec976ad1fd67a33ab2682d29c0ac7df85234fae875aefcc5fb215681a91b2a",
            ),
        ),
    ),
)


def hub_folder(environment: Mapping[str, str]) -> Path:
    """Return the Hugging Face cache of this ``environment``; it need not exist."""
    for name, below in (
        ("HF_HUB_CACHE", "."),
        ("HUGGINGFACE_HUB_CACHE", "."),
        ("HF_HOME", "hub"),
        ("XDG_CACHE_HOME", "huggingface/hub"),
    ):
        if environment.get(name):
            return Path(environment[name]).expanduser() / below
    return Path.home() / ".cache" / "huggingface" / "hub"


def repository_folder(hub: Path, repository: str) -> Path:
    """Return where the cache ``hub`` keeps a repository; it need not exist."""
    return hub / f"models--{repository.replace('/', '--')}"


def snapshots(hub: Path, repository: str) -> list[Path]:
    """Return a repository's downloaded versions in the cache ``hub``, the newest first."""
    folder = repository_folder(hub, repository) / "snapshots"
    shots = [path for path in entries(folder) if os.path.isdir(path)]  # noqa: PTH112 - never raises
    return sorted(shots, key=_changed, reverse=True)


def entries(folder: Path) -> list[Path]:
    """Return what is in ``folder``; nothing where there is none, or none that may be looked at."""
    try:
        return [folder / name for name in os.listdir(folder)]  # noqa: PTH208 - its errors come here
    except OSError:
        return []


def _changed(path: Path) -> float:
    """Return when a folder last changed; long ago when somebody has just removed it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
