"""Published checkpoints: their names, and what is said about files that don't fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.weights import Source, load_dit, load_text_encoder, load_vocos
from tests.support.f5_pair import BOTH, V1, checkpoint, our_vocos, pair
from tests.support.stock_f5 import EMA, stock_vocos

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ishowtts_desktop.speech.f5.arch import Arch

VOCOS_NAMES = (
    "backbone.embed.weight",
    "backbone.norm.bias",
    "backbone.convnext.0.gamma",
    "backbone.convnext.7.pwconv2.bias",
    "backbone.final_layer_norm.weight",
    "head.out.bias",
)


def needed_names() -> st.SearchStrategy[str]:
    """The published names of all tensors but the one that is computed."""
    names = [name.removeprefix(EMA) for name in checkpoint() if not name.endswith("inv_freq")]
    return st.sampled_from(names)


def load(tensors: Mapping[str, torch.Tensor], arch: Arch = V1) -> dict[str, torch.Tensor]:
    """Load everything and return our state."""
    source = Source(tensors, "model.safetensors")
    dit, times = load_dit(arch, source)
    encoder = load_text_encoder(arch, source)
    state = {**dit.state_dict(), **encoder.state_dict()}
    for name, value in vars(times).items():
        parts = [value] if isinstance(value, torch.Tensor) else value
        state |= {f"{name}.{number}": part for number, part in enumerate(parts)}
    return state


@pytest.mark.parametrize("prefix", [EMA, "transformer.", ""], ids=["ema", "plain", "bare"])
def test_weights_load_with_and_without_the_ema_prefix(prefix: str) -> None:
    # GIVEN the names of an averaged, a plain and a stripped checkpoint, and a stranger among them
    tensors = {**checkpoint(prefix=prefix), "initted": torch.tensor(1), "step": torch.tensor(9)}
    # WHEN it is loaded
    state = load(tensors)
    # THEN it is the same model
    expected = load(checkpoint())
    assert state.keys() == expected.keys()
    assert all(torch.equal(state[name], expected[name]) for name in expected)


@pytest.mark.parametrize("arch", BOTH, ids=lambda arch: arch.name)
def test_no_number_of_the_checkpoint_is_lost(arch: Arch) -> None:
    def total(tensors: Mapping[str, torch.Tensor]) -> float:
        return sum(float(tensor.double().square().sum()) for tensor in tensors.values())

    needed = {k: v for k, v in checkpoint(arch).items() if not k.endswith("inv_freq")}
    assert total(load(checkpoint(arch), arch)) == pytest.approx(total(needed), rel=1e-12)


def test_half_precision_weights_are_computed_with_in_float32() -> None:
    state = load({name: tensor.half() for name, tensor in checkpoint().items()})
    assert {tensor.dtype for tensor in state.values()} == {torch.float32}


@given(name=st.deferred(needed_names))
def test_a_missing_tensor_is_named(name: str) -> None:
    tensors = checkpoint()
    del tensors[EMA + name]
    with pytest.raises(EngineError) as caught:
        load(tensors)
    assert caught.value.message.startswith("model.safetensors is not an F5-TTS checkpoint: ")
    # but for the one that tells the prefix: without it every name looks missing
    assert f"{name} is missing" in caught.value.message or name == "input_embed.proj.weight"
    assert "v1 Base" in caught.value.advice


@given(name=st.deferred(needed_names), axis=st.integers(0, 2))
def test_a_misshapen_tensor_is_named_with_both_shapes(name: str, axis: int) -> None:
    # GIVEN a tensor of which one slice more came than should
    tensors, right = checkpoint(), checkpoint()[EMA + name]
    along = axis % right.ndim
    tensors[EMA + name] = torch.cat((right, right.narrow(along, 0, 1)), dim=along)
    # THEN it is told what was expected and what was found
    with pytest.raises(EngineError) as caught:
        load(tensors)
    wrong = list(tensors[EMA + name].shape)
    assert f"{name} should be {list(right.shape)} and is {wrong}" in caught.value.message
    assert "vocab.txt" in caught.value.advice


def test_another_vocabulary_and_another_architecture_are_told() -> None:
    for other, name in (
        (replace(V1, vocabulary=100), "text_embed.text_embed.weight should be [101, 64]"),
        (replace(V1, dim=160), "input_embed.proj.weight should be [160, 264]"),
        (replace(V1, depth=4), "transformer_blocks.3"),
    ):
        with pytest.raises(EngineError, match=r"^model\.safetensors ") as caught:
            load(checkpoint(), other)
        assert name in caught.value.message


def test_a_file_of_something_else_is_told() -> None:
    for tensors in ({}, {"lm_head.weight": torch.zeros(2, 2)}, dict(stock_vocos().state_dict())):
        with pytest.raises(EngineError, match="not an F5-TTS checkpoint"):
            load(tensors)


def test_a_shape_can_be_asked_for_before_loading() -> None:
    source = Source(checkpoint(), "model.safetensors")
    assert source.shape("text_embed.text_embed.weight") == (V1.vocabulary + 1, V1.text_dim)
    assert source.shape("no.such.tensor") == ()


def test_loaded_models_are_ready_to_run_and_not_to_train() -> None:
    for model in (pair().sampler.dit, pair().sampler.text_encoder, our_vocos()):
        assert not model.training
        assert not any(parameter.requires_grad for parameter in model.parameters())


def test_a_vocoder_without_one_of_its_tensors_is_told() -> None:
    for name in VOCOS_NAMES:
        tensors = dict(stock_vocos().state_dict())
        del tensors[name]
        with pytest.raises(EngineError) as caught:
            load_vocos(tensors, "pytorch_model.bin")
        assert caught.value.message == (
            f"pytorch_model.bin is not a Vocos checkpoint: {name} is missing."
        )
        assert "charactr/vocos-mel-24khz" in caught.value.advice


def test_a_vocoder_of_another_shape_is_told() -> None:
    tensors = dict(stock_vocos().state_dict())
    tensors["backbone.embed.weight"] = torch.zeros(512, 80, 7)
    with pytest.raises(EngineError, match=r"^pytorch_model\.bin is another Vocos: .*80"):
        load_vocos(tensors, "pytorch_model.bin")
