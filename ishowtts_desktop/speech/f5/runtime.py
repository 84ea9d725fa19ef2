"""A loaded model at work: one preset, one device, one thread.

From a reference and tokens to a mel, and from a mel to samples, by the fastest way there is here:
recorded graphs and fused blocks on CUDA, plain eager steps elsewhere.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import torch

from ishowtts_desktop.speech.f5.arch import MEL_BANDS
from ishowtts_desktop.speech.f5.dit import block_step
from ishowtts_desktop.speech.f5.faults import is_full, is_lost
from ishowtts_desktop.speech.f5.graphs import CudaRecorder, GraphedSteps, Recorder
from ishowtts_desktop.speech.f5.sampler import SNAP, Sampler
from ishowtts_desktop.speech.f5.schedule import Modulation, modulation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.f5.checkpoint import Model
    from ishowtts_desktop.speech.f5.dit import BlockStep

USUAL_FRAMES: Final = 768
"""What Inductor takes for a typical length when it chooses how to cut up the work."""

_log = logging.getLogger(__name__)


class Runtime:
    """Runs ``model`` with one time grid. Everything happens on the thread that made it.

    ``recorder`` records steps (None: CUDA graphs on CUDA, else nothing is recorded); ``graphs``
    False leaves that out. ``compiled`` fuses the blocks by Inductor; None does so on CUDA, and goes
    on without where Triton or a compiler is missing.
    """

    def __init__(
        self,
        model: Model,
        *,
        nfe: int = 7,
        sway: float = -1.0,
        cfg_strength: float = 2.0,
        graphs: bool = True,
        compiled: bool | None = None,
        recorder: Recorder | None = None,
        compiler: Callable[[BlockStep], BlockStep] | None = None,
    ) -> None:
        self.cfg_strength = cfg_strength
        self._vocos = model.vocos
        self._sampler = Sampler(model.dit, model.text_encoder)
        # The tables replace the weights that they are made from, two fifths of the model.
        made = modulation(model.time_weights, nfe, sway)
        self._tables = Modulation(
            made.steps,
            made.blocks.to(self.device, self.dtype),
            made.final.to(self.device, self.dtype),
        )
        on_cuda = self.device.type == "cuda"
        if compiled or (compiled is None and on_cuda):
            self._fuse(compiler or fused)
        if recorder is None and graphs and on_cuda:
            recorder = CudaRecorder()
        self._graphs: GraphedSteps | None = None
        if recorder is not None:
            self._graphs = GraphedSteps(self._sampler, self._tables, cfg_strength, recorder)
        self._unrecorded = 0

    @property
    def device(self) -> torch.device:
        """Where the model is."""
        return self._sampler.device

    @property
    def dtype(self) -> torch.dtype:
        """What the transformer's weights are in."""
        return self._sampler.dtype

    @property
    def captures(self) -> int:
        """How many lengths have been recorded."""
        return 0 if self._graphs is None else self._graphs.captures

    @property
    def unrecorded(self) -> int:
        """How many utterances were made without a recording of their length."""
        return self._unrecorded

    def mel(
        self,
        reference: torch.Tensor,
        tokens: torch.Tensor,
        frames: int,
        noise: torch.Tensor,
        cancel: CancelToken | None = None,
        projected: torch.Tensor | None = None,
    ) -> torch.Tensor | None:
        """Return the mel (frames, 100) in float32, or None when ``cancel`` went up between steps.

        ``reference`` (r, 100) is float32, ``tokens`` (t,) of vocab.txt, ``noise`` float32 (frames,
        100); exactly ``frames`` are computed, the reference's included. ``projected`` is what
        `project` made of the reference, if that is known. Raises `EngineError` when
        nothing is left to be spoken.
        """
        here = self.device
        conditions = self._sampler.prepare(
            reference.to(here), tokens.to(here), frames, projected=projected
        )
        noise = noise.to(here)
        if self._graphs is not None and self._graphs.takes(conditions):
            return self._graphs.sample(conditions, noise, cancel)
        self._unrecorded += 1
        return self._sampler.sample(conditions, self._tables, noise, self.cfg_strength, cancel)

    def project(self, reference: torch.Tensor) -> torch.Tensor:
        """Return a reference's share of the input; see `Sampler.project`."""
        return self._sampler.project(reference.to(self.device))

    def samples(self, mel: torch.Tensor) -> torch.Tensor:
        """Return the samples (256 (n - 1),) of ``mel`` (n, 100), float32, on its device."""
        decoded: torch.Tensor = self._vocos(mel[None])[0]
        return decoded

    def warm(self, lengths: Sequence[int]) -> None:
        """Record these lengths (frames) now."""
        self.want(lengths)
        while self.warm_next():
            pass

    def want(self, lengths: Sequence[int]) -> None:
        """Have these lengths recorded by `warm_next`, the first of them first."""
        if self._graphs is not None:
            self._graphs.want([-(-length // SNAP) * SNAP for length in lengths])

    def warm_next(self) -> bool:
        """Record one more of the lengths that were wanted or met; False when there is none.

        Where steps can't be recorded they run eagerly from then on. A device that is full or lost
        is raised as torch does.
        """
        try:
            return self._graphs is not None and self._graphs.record_wanted()
        except Exception as error:
            if is_full(error) or is_lost(error):
                raise
            _log.warning("steps run unrecorded, which is slower: %s", error, exc_info=True)
        self.stop_recording()
        return False

    def stop_recording(self) -> None:
        """Run all steps eagerly from now on."""
        self._graphs = None

    def release(self) -> None:
        """Give back all memory that speaking can do without: recordings and cached blocks."""
        if self._graphs is not None:
            self._graphs.forget()
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def _fuse(self, compiler: Callable[[BlockStep], BlockStep]) -> None:
        """Put a fused block step in the plain one's place, if one can be made here."""
        dit = self._sampler.dit
        try:
            dit.step = compiler(block_step)
            self._try_step()
        except Exception as error:
            if is_full(error) or is_lost(error):
                raise
            _log.warning("blocks run unfused, which is slower: %s", error, exc_info=True)
            dit.step = block_step

    @torch.inference_mode()
    def _try_step(self) -> None:
        """Compile, which happens when a step first runs."""
        dit, tables = self._sampler.dit, self._tables
        x = torch.zeros(1, USUAL_FRAMES, MEL_BANDS, device=self.device, dtype=self.dtype)
        constant = x.new_zeros(2, USUAL_FRAMES, dit.arch.dim)
        dit(x, constant, tables.blocks[0], tables.final[0], self._sampler.rotary(USUAL_FRAMES))


def fused(step: BlockStep, backend: str = "inductor") -> BlockStep:
    """Compile ``step`` once for every length and block, without Inductor's own graphs."""
    compiled = torch.compile(step, backend=backend)

    def run(
        x: torch.Tensor,
        mod: torch.Tensor,
        cosines: torch.Tensor,
        sines: torch.Tensor,
        *rest: object,
    ) -> torch.Tensor:
        for tensor in (x, cosines, sines):
            torch._dynamo.mark_dynamic(tensor, 1)  # noqa: SLF001 - the documented name
        result: torch.Tensor = compiled(x, mod, cosines, sines, *rest)
        return result

    return run
