"""Which published tensor fills which of ours.

The names on the right are the published checkpoints' (`ema_model.transformer.*` of SWivid/F5-TTS,
charactr/vocos-mel-24khz): that is a file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ishowtts_desktop.speech.f5.arch import (
    MEL_BANDS,
    POSITION_GROUPS,
    POSITION_KERNEL,
    TEXT_KERNEL,
    TIME_FEATURES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.speech.f5.arch import Arch


@dataclass(frozen=True)
class Fill:
    """What one of our tensors, or some rows of it, is filled with.

    ``rows`` of ours and ``columns`` of theirs, None for all; ``shape`` is the whole of theirs. With
    ``heads``, rows are reordered to `weights.halves`.
    """

    ours: str
    theirs: str
    shape: tuple[int, ...]
    rows: slice | None = None
    columns: slice | None = None
    heads: int | None = None


def input_fills(arch: Arch) -> Iterator[Fill]:
    """Yield what stands before and after the blocks of the transformer."""
    name, dim = "input_embed.proj.weight", arch.dim
    ends = (0, MEL_BANDS, 2 * MEL_BANDS, 2 * MEL_BANDS + arch.text_dim)
    for number, ours in enumerate(("noise_in", "reference_in", "text_in")):
        columns = slice(ends[number], ends[number + 1])
        yield Fill(f"{ours}.weight", name, (dim, ends[-1]), columns=columns)
    yield Fill("text_in.bias", "input_embed.proj.bias", (dim,))
    for number, theirs in ((0, 0), (1, 2)):
        name = f"input_embed.conv_pos_embed.conv1d.{theirs}."
        shape = (dim, dim // POSITION_GROUPS, POSITION_KERNEL)
        yield Fill(f"position.{number}.weight", name + "weight", shape)
        yield Fill(f"position.{number}.bias", name + "bias", (dim,))
    yield Fill("mel_out.weight", "proj_out.weight", (MEL_BANDS, dim))
    yield Fill("mel_out.bias", "proj_out.bias", (MEL_BANDS,))


def block_fills(arch: Arch, number: int) -> Iterator[Fill]:
    """Yield one block of the transformer, but for what depends on the time alone."""
    ours, theirs = f"blocks.{number}.", f"transformer_blocks.{number}."
    inner, dim, wide = arch.inner, arch.dim, arch.dim * arch.ff_mult
    for place, part in enumerate("qkv"):
        rows = slice(place * inner, (place + 1) * inner)
        heads = None if part == "v" else arch.heads
        for kind, shape in (("weight", (inner, dim)), ("bias", (inner,))):
            name = f"{theirs}attn.to_{part}.{kind}"
            yield Fill(f"{ours}qkv.{kind}", name, shape, rows, heads=heads)
    for mine, name, height, width in (
        ("out", "attn.to_out.0", dim, inner),
        ("ff_in", "ff.ff.0.0", wide, dim),
        ("ff_out", "ff.ff.2", dim, wide),
    ):
        yield Fill(f"{ours}{mine}.weight", f"{theirs}{name}.weight", (height, width))
        yield Fill(f"{ours}{mine}.bias", f"{theirs}{name}.bias", (height,))


def text_fills(arch: Arch) -> Iterator[Fill]:
    """Yield the text encoder."""
    dim, wide = arch.text_dim, 2 * arch.text_dim
    name = "text_embed.text_embed.weight"
    yield Fill("embedding.weight", name, (arch.vocabulary + 1, dim))
    for number in range(arch.text_layers):
        ours, theirs = f"blocks.{number}.", f"text_embed.text_blocks.{number}."
        yield Fill(ours + "depthwise.weight", theirs + "dwconv.weight", (dim, 1, TEXT_KERNEL))
        yield Fill(ours + "depthwise.bias", theirs + "dwconv.bias", (dim,))
        yield Fill(ours + "norm.weight", theirs + "norm.weight", (dim,))
        yield Fill(ours + "norm.bias", theirs + "norm.bias", (dim,))
        yield Fill(ours + "widen.weight", theirs + "pwconv1.weight", (wide, dim))
        yield Fill(ours + "widen.bias", theirs + "pwconv1.bias", (wide,))
        yield Fill(ours + "gain", theirs + "grn.gamma", (1, 1, wide))
        yield Fill(ours + "offset", theirs + "grn.beta", (1, 1, wide))
        yield Fill(ours + "narrow.weight", theirs + "pwconv2.weight", (dim, wide))
        yield Fill(ours + "narrow.bias", theirs + "pwconv2.bias", (dim,))


def time_fills(arch: Arch) -> Iterator[Fill]:
    """Yield what the time is embedded with, and the last modulation."""
    dim = arch.dim
    yield Fill("hidden_in", "time_embed.time_mlp.0.weight", (dim, TIME_FEATURES))
    yield Fill("hidden_in_bias", "time_embed.time_mlp.0.bias", (dim,))
    yield Fill("hidden_out", "time_embed.time_mlp.2.weight", (dim, dim))
    yield Fill("hidden_out_bias", "time_embed.time_mlp.2.bias", (dim,))
    yield Fill("final", "norm_out.linear.weight", (2 * dim, dim))
    yield Fill("final_bias", "norm_out.linear.bias", (2 * dim,))


def vocos_names(depth: int) -> Iterator[tuple[str, str]]:
    """Yield the vocoder's tensors: their published names and ours."""
    for kind in ("weight", "bias"):
        yield f"backbone.embed.{kind}", f"mel_in.{kind}"
        yield f"backbone.norm.{kind}", f"norm_in.{kind}"
        yield f"backbone.final_layer_norm.{kind}", f"norm_out.{kind}"
        yield f"head.out.{kind}", f"spectrum_out.{kind}"
    for number in range(depth):
        theirs, ours = f"backbone.convnext.{number}.", f"blocks.{number}."
        yield theirs + "gamma", ours + "scale"
        for mine, name in (
            ("depthwise", "dwconv"),
            ("norm", "norm"),
            ("widen", "pwconv1"),
            ("narrow", "pwconv2"),
        ):
            for kind in ("weight", "bias"):
                yield f"{theirs}{name}.{kind}", f"{ours}{mine}.{kind}"
