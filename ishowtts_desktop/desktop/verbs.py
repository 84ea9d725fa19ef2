"""The verbs of ``ctl``, by which a script asks for what the window asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.core.presets import ENGINES, PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ishowtts_desktop.desktop.actions import Commands


class VerbDispatcher:
    """Runs the verbs of ``ctl`` on `Commands`.

    ``status`` gives the answer to the verb "status", ``voices`` the ids that "voice" and "cast"
    take; ``import_rules`` takes a file over and gives the answer to "import-rules";
    ``can_undo`` tells whether "undo" would do anything.
    """

    def __init__(
        self,
        commands: Commands,
        status: Callable[[], Mapping[str, Any]],
        voices: Callable[[], Collection[str]],
        import_rules: Callable[[Path], Mapping[str, Any]],
        can_undo: Callable[[], bool],
    ) -> None:
        self._can_undo = can_undo
        self._answering: dict[str, Callable[..., Mapping[str, Any]]] = {
            "status": status,
            "import-rules": lambda name: import_rules(Path(name)),
        }
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
        # To take back what the second one says, it is empty.
        self._for_person: dict[str, Callable[[str, str], None]] = {
            "nickname": commands.give_nickname,
            "cast": commands.cast_voice,
        }
        self._choices: dict[str, Callable[[], Collection[str]]] = {
            "engine": lambda: ENGINES,
            "preset": lambda: PRESETS,
            "voice": voices,
            "cast": lambda: ("", *voices()),
        }

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb there is."""
        return (*self._plain, *self._with_text, *self._for_person, *self._answering)

    def run(self, verb: str, arguments: Sequence[str]) -> dict[str, Any]:
        """Run one verb and return its answer; raises `IshowttsError` when it can't be run."""
        if verb not in self.verbs:
            raise InstanceError(f"There is no verb {verb!r}.", f"Known: {', '.join(self.verbs)}.")
        wanted = self._wanted(verb)
        if len(arguments) != wanted or not all(one.strip() for one in arguments[:1]):
            number = ("no argument", "one argument", "two arguments")[wanted]
            raise InstanceError(f"The verb {verb!r} takes {number}.", "See ctl --help.")
        known = self._choices.get(verb, lambda: arguments[-1:])()
        if not set(arguments[-1:]) <= set(known):
            what = "voice" if verb == "cast" else verb
            names = ", ".join(filter(None, known))
            raise InstanceError(f"There is no {what} {arguments[-1]!r}.", f"Known: {names}.")
        if verb == "undo" and not self._can_undo():
            raise InstanceError("There is nothing to undo.", "Each offer lasts half a minute.")
        if verb in self._answering:
            return dict(self._answering[verb](*arguments))
        doing: dict[str, Callable[..., None]]
        doing = {**self._plain, **self._with_text, **self._for_person}
        doing[verb](*arguments)
        return {}

    def _wanted(self, verb: str) -> int:
        """Return how many arguments a verb takes."""
        if verb in self._for_person:
            return 2
        return int(verb in self._with_text or verb == "import-rules")
