"""The verbs of ``ctl``, by which a script asks for what the window asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.core.presets import ENGINES, PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ishowtts_desktop.desktop.actions import Commands


class VerbDispatcher:
    """Runs the verbs of ``ctl`` on `Commands`.

    ``status`` gives the answer to the verb "status", ``voices`` the ids that "voice" takes.
    """

    def __init__(
        self,
        commands: Commands,
        status: Callable[[], Mapping[str, Any]],
        voices: Callable[[], Collection[str]],
    ) -> None:
        self._status = status
        self._plain: dict[str, Callable[[], None]] = {
            "start": commands.start_reading,
            "stop": commands.stop_reading,
            "show": commands.show_window,
            "pause": commands.pause,
            "resume": commands.resume,
            "toggle-pause": commands.toggle_pause,
            "skip": commands.skip,
            "clear": commands.clear,
            "replay": commands.replay,
            "read-selected": commands.read_selected,
            "mute-speaking": commands.mute_speaking,
            "panic": commands.panic,
            "release": commands.release,
            "undo": commands.undo,
            "rules": commands.manage_reading,
            "voices": commands.manage_voices,
            "models": commands.manage_models,
            "restart": commands.restart,
            "quit": commands.quit,
        }
        self._with_text: dict[str, Callable[[str], None]] = {
            "mute": commands.mute,
            "unmute": commands.unmute,
            "block": commands.block,
            "unblock": commands.unblock,
            "say": commands.say,
            "connect": commands.connect_source,
            "engine": commands.use_engine,
            "voice": commands.use_voice,
            "preset": commands.use_preset,
            "model": commands.use_model,
        }
        self._choices: dict[str, Callable[[], Collection[str]]] = {
            "engine": lambda: ENGINES,
            "preset": lambda: PRESETS,
            "voice": voices,
        }

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb there is."""
        return (*self._plain, *self._with_text, "status")

    def run(self, verb: str, arguments: Sequence[str]) -> dict[str, Any]:
        """Run one verb and return its answer; raises `InstanceError` when it can't be run."""
        if verb == "status" and not arguments:
            return dict(self._status())
        if verb in self._plain and not arguments:
            self._plain[verb]()
            return {}
        if verb in self._with_text and len(arguments) == 1 and arguments[0].strip():
            known = self._choices.get(verb, lambda: arguments)()
            if arguments[0] not in known:
                raise InstanceError(
                    f"There is no {verb} {arguments[0]!r}.", f"Known: {', '.join(known)}."
                )
            self._with_text[verb](arguments[0])
            return {}
        if verb in self.verbs:
            wanted = "takes one argument" if verb in self._with_text else "takes no argument"
            raise InstanceError(f"The verb {verb!r} {wanted}.", "See ctl --help.")
        raise InstanceError(f"There is no verb {verb!r}.", f"Known: {', '.join(self.verbs)}.")
