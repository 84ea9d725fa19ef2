"""Euler steps as recorded graphs: one a length, over shared buffers.

A step of the transformer is some hundred kernels; launched one by one they cost more than they
compute. A recorded step is one launch, and a cancel is still seen between two of them. Everything
here happens on one thread: Inductor and CUDA graphs belong to the thread that made them.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import torch

from ishowtts_desktop.speech.f5.arch import MEL_BANDS
from ishowtts_desktop.speech.f5.pace import Pace
from ishowtts_desktop.speech.f5.sampler import SNAP, Conditions

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.f5.sampler import Sampler
    from ishowtts_desktop.speech.f5.schedule import Modulation

    Step = Callable[[], None]

LONGEST = 3072
"""No graph is made for more frames (33 s): such an utterance is rare, and not launch-bound."""
_WARM_RUNS = 3


class Recorder(Protocol):
    """Records what a step does, so that it can be done again at the price of one launch."""

    def record(self, step: Step) -> Step:
        """Return a replay of ``step``, which reads and writes the same tensors."""
        ...

    def forget(self) -> None:
        """Give up what the recordings shared, when all of them are gone."""
        ...


class CudaRecorder:
    """Records CUDA graphs into one memory pool: no two of them run at a time."""

    def __init__(self) -> None:
        self._pool = torch.cuda.graph_pool_handle()
        # One for all: cuBLAS keeps a workspace for every stream that it ever saw.
        self._stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]

    def record(self, step: Step) -> Step:
        """See `Recorder`."""
        graph = torch.cuda.CUDAGraph()
        torch.cuda.synchronize()
        with torch.cuda.stream(self._stream):
            # Libraries choose their kernels and take their workspaces in the first runs.
            for _ in range(_WARM_RUNS):
                step()
            # Not `torch.cuda.graph`, which collects garbage first: that holds up the window.
            graph.capture_begin(pool=self._pool, capture_error_mode="thread_local")
            try:
                step()
            except BaseException:
                with contextlib.suppress(RuntimeError):
                    graph.capture_end()
                raise
            graph.capture_end()
        torch.cuda.synchronize()
        replay: Step = graph.replay
        return replay

    def forget(self) -> None:
        """See `Recorder`."""
        # The pool of graphs that are gone can't be recorded into any more.
        self._pool = torch.cuda.graph_pool_handle()


@dataclass(frozen=True)
class _Recorded:
    """A replay, and what it reads: a graph knows addresses and keeps nothing alive."""

    replay: Step
    conditions: Conditions


class GraphedSteps:
    """Runs a `Sampler`'s steps for one preset by replay.

    ``captures`` counts the recordings. A length that was asked for and has none is remembered:
    `record_wanted` makes the next of them, when there is time.
    """

    def __init__(
        self,
        sampler: Sampler,
        modulation: Modulation,
        cfg_strength: float,
        recorder: Recorder,
        longest: int = LONGEST,
    ) -> None:
        self._sampler = sampler
        self._cfg_strength = cfg_strength
        self._recorder = recorder
        self._longest = longest
        self._blocks = modulation.blocks.to(sampler.dtype)
        self._final = modulation.final.to(sampler.dtype)
        self._lengths = modulation.steps.to(sampler.device)
        # What a replay reads, at addresses that stay: a step's rows of the tables, then the flow.
        self._block, self._end = self._blocks[0].clone(), self._final[0].clone()
        self._length = self._lengths[0].clone()
        width = sampler.dit.arch.dim
        here, dtype = sampler.device, sampler.dtype
        self._x = torch.zeros(longest * MEL_BANDS, device=here)
        self._constant = torch.zeros(2 * longest * width, device=here, dtype=dtype)
        self._recorded: dict[int, _Recorded] = {}
        self._wanted: list[int] = []

    @property
    def captures(self) -> int:
        """How many lengths have been recorded."""
        return len(self._recorded)

    def takes(self, conditions: Conditions) -> bool:
        """Tell whether there is a recording for ``conditions``; remember their length if not.

        Only unmasked lengths that `SNAP` divides are ever recorded, up to the longest.
        """
        frames = conditions.padded
        if conditions.valid is not None or frames % SNAP or frames > self._longest:
            return False
        if frames not in self._recorded and frames not in self._wanted:
            self._wanted.append(frames)
        return frames in self._recorded

    def want(self, lengths: list[int]) -> None:
        """Remember these lengths, the first of them to be recorded first."""
        for frames in lengths:
            known = frames in self._recorded or frames in self._wanted
            if not known and not frames % SNAP and frames <= self._longest:
                self._wanted.append(frames)

    def forget(self) -> None:
        """Give up all recordings, and what was wanted; their memory is free after that."""
        self._recorded.clear()
        self._wanted.clear()
        self._recorder.forget()

    @torch.inference_mode()
    def record_wanted(self) -> bool:
        """Record the next wanted length; False when there is none."""
        if not self._wanted:
            return False
        frames = self._wanted[0]
        x, conditions = self._views(frames)

        def step() -> None:
            velocity = self._sampler.velocity(
                x, conditions, self._block, self._end, self._cfg_strength
            )
            x.add_(self._length * velocity)

        self._recorded[frames] = _Recorded(self._recorder.record(step), conditions)
        self._wanted.pop(0)
        return True

    @torch.inference_mode()
    def sample(
        self, conditions: Conditions, noise: torch.Tensor, cancel: CancelToken | None = None
    ) -> torch.Tensor | None:
        """Do what `Sampler.sample` does, for what `takes` said yes to."""
        replay = self._recorded[conditions.padded].replay
        x, held = self._views(conditions.padded)
        x[0].copy_(noise)
        held.constant.copy_(conditions.constant)
        pace = Pace(self._sampler.device)
        for step in range(len(self._lengths)):
            pace.wait()
            if cancel is not None and cancel.cancelled:
                return None
            self._block.copy_(self._blocks[step])
            self._end.copy_(self._final[step])
            self._length.copy_(self._lengths[step])
            replay()
            pace.mark()
        return conditions.finish(x[0])

    def _views(self, frames: int) -> tuple[torch.Tensor, Conditions]:
        """Return the beginning of the buffers as the flow and conditions of ``frames`` frames."""
        width = self._sampler.dit.arch.dim
        x = self._x[: frames * MEL_BANDS].view(1, frames, MEL_BANDS)
        constant = self._constant[: 2 * frames * width].view(2, frames, width)
        return x, Conditions(constant, self._sampler.rotary(frames), None, x[0, :0], frames)
