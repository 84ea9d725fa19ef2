"""The two products against PyTorch's own, by whichever way the processor takes."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.speech.f5 import products
from ishowtts_desktop.speech.f5.products import attention, linear, linear_gelu

BOTH_WAYS = pytest.mark.parametrize("onednn", [True, False])


@pytest.fixture
def _way(onednn: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if onednn:
        # GIVEN a PyTorch with oneDNN, as all published ones are
        assert torch.float32 in products._onednn_dtypes()
    else:
        monkeypatch.setattr(products, "_onednn_dtypes", tuple)


def heads(frames: int, dtype: torch.dtype = torch.float32, seed: int = 0) -> list[torch.Tensor]:
    """Return queries, keys and values (2, 3, frames, 64), laid out as a step lays them out."""
    generator = torch.Generator().manual_seed(seed)
    joint = torch.randn(2, frames, 3, 3, 64, generator=generator).to(dtype)
    return list(joint.permute(2, 0, 3, 1, 4).unbind(0))


def exact(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    scores = q.double() @ k.double().transpose(-1, -2) / 8
    return (scores.softmax(-1) @ v.double()).transpose(1, 2).flatten(2)


@BOTH_WAYS
@pytest.mark.usefixtures("_way")
@given(frames=st.integers(1, 300), seed=st.integers(0, 99))
def test_attention_is_softmax_of_products(frames: int, seed: int) -> None:
    q, k, v = heads(frames, seed=seed)
    assert (attention(q, k, v) - exact(q, k, v)).abs().max() < 2e-6


@BOTH_WAYS
@pytest.mark.usefixtures("_way")
def test_attention_is_the_same_in_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    q, k, v = heads(101)
    monkeypatch.setattr(products, "QUERY_ROWS", 7)
    assert (attention(q, k, v) - exact(q, k, v)).abs().max() < 2e-6


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize(("onednn", "bound"), [(True, 0.0025), (False, 0.004)])
def test_attention_in_half_precision_rounds_no_scores(bound: float) -> None:
    # GIVEN queries and keys as the rotation leaves them, in float32, and values in bfloat16
    q, k, v = heads(200)
    low = v.bfloat16()
    out = attention(q, k, low)
    assert out.dtype == torch.bfloat16
    wrong = (out - exact(q, k, low)).square().mean().sqrt()
    # THEN what is lost is what rounding the shares loses, and PyTorch's own way rounding its inputs
    assert wrong / exact(q, k, low).std() < bound


def test_attention_looks_only_at_keys_that_are_there() -> None:
    q, k, v = heads(50)
    keys = (torch.arange(50) < 30).expand(2, 1, 1, -1)
    seen = attention(q, k, v, keys)
    assert (seen[:, :30] - exact(*(part[:, :, :30] for part in (q, k, v)))).abs().max() < 2e-6


@BOTH_WAYS
@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("rows", [1, 5, 33])
def test_a_product_is_a_product(rows: int) -> None:
    generator = torch.Generator().manual_seed(1)
    # GIVEN rows that don't lie one after another, which oneDNN alone would take minutes for
    x = torch.randn(16, 2, rows, generator=generator).transpose(0, 2)
    weight, bias = torch.randn(24, 16, generator=generator), torch.randn(24, generator=generator)
    right = F.linear(x.double(), weight.double(), bias.double())
    assert (linear(x, weight, bias) - right).abs().max() < 1e-5
    curved = F.gelu(right, approximate="tanh")
    assert (linear_gelu(x, weight, bias) - curved).abs().max() < 1e-5


def test_a_pytorch_without_onednn_does_it_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    products._onednn_dtypes.cache_clear()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
            assert products._onednn_dtypes() == ()
        # AND on a processor that lacks a precision that one is PyTorch's own, too
        products._onednn_dtypes.cache_clear()
        product = products._onednn_linear

        def old(x: torch.Tensor, *rest: torch.Tensor | None) -> torch.Tensor:
            if x.dtype == torch.bfloat16:
                raise RuntimeError("could not create a primitive descriptor for a matmul")
            return product(x, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(products, "_onednn_linear", old)
        assert products._onednn_dtypes() == (torch.float32,)
    finally:
        products._onednn_dtypes.cache_clear()
