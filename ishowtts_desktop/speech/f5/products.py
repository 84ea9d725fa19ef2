"""The two products that a step's time goes to, each by the fastest way that a processor has.

On CUDA these are PyTorch's own. On a CPU PyTorch takes MKL for float32, which on AMD's processors
runs at half of what oneDNN reaches, and its fused attention is slower than plain products by oneDNN
with a softmax between them; ADR 0009 has the figures.
"""

from __future__ import annotations

from functools import lru_cache

import torch
import torch.nn.functional as F

QUERY_ROWS = 1024
"""At most so many queries are scored at a time, which bounds the scores' memory."""


def linear(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """Do `F.linear`: (.., in) by (out, in) and (out,) to (.., out)."""
    if _by_onednn(x):
        return _onednn_linear(x, weight, bias)
    return F.linear(x, weight, bias)


def linear_gelu(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """Do `linear`, then GELU in its tanh form."""
    if _by_onednn(x):
        return _onednn_linear(x, weight, bias, "gelu", "tanh")
    return F.gelu(F.linear(x, weight, bias), approximate="tanh")


def attention(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, keys: torch.Tensor | None = None
) -> torch.Tensor:
    """Scaled dot-product attention: (b, heads, n, head_dim) each to (b, n, heads head_dim).

    ``q`` and ``k`` may be of higher precision than ``v``, which decides what comes out. ``keys``
    (b, 1, 1, n) is True where there is something to look at.
    """
    batch, _, frames, _ = q.shape
    if keys is None and _by_onednn(v):
        return _by_head(q, k, v)
    mixed = F.scaled_dot_product_attention(q.to(v.dtype), k.to(v.dtype), v, attn_mask=keys)
    return mixed.transpose(1, 2).reshape(batch, frames, -1)


def _by_head(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """Attend head by head, so that the scores stay in the cache; they are float32 throughout."""
    batch, heads, frames, width = q.shape
    # oneDNN falls back to loops for what isn't laid out row by row.
    q = (q.float() * width**-0.5).contiguous()
    k = k.float().contiguous()
    v = v.transpose(-1, -2).contiguous()
    mixed = v.new_empty(batch, frames, heads, width)
    tiles = -(-frames // QUERY_ROWS)
    for item in range(batch):
        for head in range(heads):
            parts = q[item, head].tensor_split(tiles)
            places = mixed[item, :, head].tensor_split(tiles)
            for part, place in zip(parts, places, strict=True):
                scores = _onednn_linear(part, k[item, head], None)
                shares = torch.softmax(scores, -1, out=scores)
                place.copy_(_onednn_linear(shares.to(v.dtype), v[item, head], None))
    return mixed.flatten(2)


def _onednn_linear(
    x: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    then: str = "none",
    form: str = "",
) -> torch.Tensor:
    # The operator that Inductor uses; there is no public one that takes oneDNN for float32.
    product: torch.Tensor = torch.ops.mkldnn._linear_pointwise(  # noqa: SLF001
        x.contiguous(), weight, bias, then, [], form
    )
    return product


def _by_onednn(x: torch.Tensor) -> bool:
    return x.device.type == "cpu" and x.dtype in _onednn_dtypes()


@lru_cache(maxsize=1)
def _onednn_dtypes() -> tuple[torch.dtype, ...]:
    """Return what oneDNN multiplies here; nothing where this PyTorch was built without it."""
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return ()
    return tuple(dtype for dtype in (torch.float32, torch.bfloat16) if _multiplies(dtype))


def _multiplies(dtype: torch.dtype) -> bool:
    """Tell whether oneDNN has a product of ``dtype``: of bfloat16 not on every processor."""
    try:
        _onednn_linear(torch.zeros(2, 4, dtype=dtype), torch.zeros(3, 4, dtype=dtype), None)
    except (AttributeError, RuntimeError):
        return False
    return True
