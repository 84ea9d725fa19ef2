"""Finding a model's files by their names: beside each other, or in the Hugging Face cache."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.published import (
    FOLDERS,
    MODEL_REPOSITORY,
    VOCABULARY,
    VOCOS_REPOSITORY,
    hub_folder,
    snapshots,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


VOCOS_NAMES: Final = ("vocos.safetensors", "model.safetensors", "pytorch_model.bin")
_MODELS: Final = ("model*.safetensors", "*.safetensors", "model*.pt", "*.pt")
_SUFFIXES: Final = (".safetensors", ".pt", ".pth", ".bin")
_LAYOUT = (
    "Choose a folder with model_*.safetensors (or .pt), vocab.txt and a folder vocos with"
    " pytorch_model.bin."
)


@dataclass(frozen=True)
class Files:
    """Where the parts of one model are; all of them exist."""

    model: Path
    vocabulary: Path
    vocos: Path


def find_files(where: Path | None, environment: Mapping[str, str]) -> Files:
    """Find a model below ``where`` (a folder or its file), or in the Hugging Face cache for None.

    The vocabulary and the vocoder are looked for beside the model, in the folder above, and in the
    cache. Raises `EngineError`.
    """
    hub = hub_folder(environment)
    # Not resolved: a cached file is a link to a blob that has no name and no neighbours.
    model = _cached_model(hub) if where is None else _model(where.expanduser().absolute())
    near = (model.parent, model.parent.parent)
    vocabulary = _first(
        [*(folder / VOCABULARY for folder in near), *_packaged_vocabulary()],
        f"{model} needs the {VOCABULARY} of its training beside it, and there is none.",
    )
    vocos = _first(
        [
            *(folder / "vocos" / name for folder in near for name in VOCOS_NAMES),
            *(model.parent / name for name in VOCOS_NAMES[:1]),
            *(shot / name for shot in snapshots(hub, VOCOS_REPOSITORY) for name in VOCOS_NAMES),
        ],
        f"{model} needs the vocoder {VOCOS_REPOSITORY}, which is neither in"
        f" {model.parent / 'vocos'} nor in {hub}.",
    )
    return Files(model, vocabulary, vocos)


def _model(where: Path) -> Path:
    if where.is_file():
        if where.suffix not in _SUFFIXES:
            raise EngineError(
                f"{where} should be a model ({', '.join(_SUFFIXES[:2])}) and ends in"
                f" {where.suffix or 'nothing'!r}.",
                _LAYOUT,
            )
        return where
    if not where.is_dir():
        raise EngineError(f"{where} should be a model's folder or file and doesn't exist.", _LAYOUT)
    found = next(_models_in((where, *(where / name for name in FOLDERS))), None)
    if found is None:
        names = sorted(path.name for path in where.glob("*"))
        seen = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
        raise EngineError(
            f"{where} should have a model (model_*.safetensors or .pt)"
            f" and has {seen or 'nothing'}.",
            _LAYOUT,
        )
    return found


def _cached_model(hub: Path) -> Path:
    shots = list(snapshots(hub, MODEL_REPOSITORY))
    found = next(_models_in([shot / name for name in FOLDERS for shot in shots]), None)
    if found is None:
        raise EngineError(
            f"The Hugging Face cache {hub} should have {MODEL_REPOSITORY} and has not.",
            "Download it with `ishowtts-desktop models download v1-base`, or choose a folder.",
        )
    return found


def _models_in(folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the models in ``folders``: the published names first, the longest trained first."""
    for folder in folders:
        for pattern in _MODELS:
            found = [
                path
                for path in folder.glob(pattern)
                if path.name not in VOCOS_NAMES[:1] and path.is_file()
            ]
            yield from sorted(found, key=_training, reverse=True)


def _training(model: Path) -> tuple[bool, int, str]:
    """Sort by the count of training steps in the name; "last" is after all of them."""
    steps = re.findall(r"\d+", model.stem)
    return "last" in model.stem, int(steps[-1]) if steps else 0, model.name


def _packaged_vocabulary() -> Iterator[Path]:
    """Yield the vocabulary inside the stock package, where that is installed.

    Who has used it has the published weights in the cache, and their vocabulary only there.
    """
    spec = importlib.util.find_spec("f5_tts")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(folder) / "infer" / "examples" / VOCABULARY


def _first(candidates: Sequence[Path], otherwise: str) -> Path:
    for path in candidates:
        if path.is_file():
            return path
    raise EngineError(otherwise, _LAYOUT)
