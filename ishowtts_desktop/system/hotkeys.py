"""Global hotkeys on X11, grabbed by a thread and a connection of their own.

A grab names the exact modifiers, and Caps Lock and Num Lock are modifiers to X: each hotkey is
grabbed four times (Xlib, "XGrabKey").
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import threading
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from Xlib import XK, X, error
from Xlib.display import Display

from ishowtts_desktop.core.errors import HotkeyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

JOIN_SECONDS: Final = 2.0
ADVICE: Final = "Choose another one in config.toml."

_MODIFIERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "ctrl": X.ControlMask,
        "control": X.ControlMask,
        "alt": X.Mod1Mask,
        "shift": X.ShiftMask,
        "meta": X.Mod4Mask,
        "super": X.Mod4Mask,
    }
)
_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "space": "space",
        "return": "Return",
        "enter": "KP_Enter",
        "esc": "Escape",
        "escape": "Escape",
        "tab": "Tab",
        "backspace": "BackSpace",
        "ins": "Insert",
        "insert": "Insert",
        "del": "Delete",
        "delete": "Delete",
        "home": "Home",
        "end": "End",
        "pgup": "Prior",
        "pgdown": "Next",
        "left": "Left",
        "right": "Right",
        "up": "Up",
        "down": "Down",
        "pause": "Pause",
        "print": "Print",
        "+": "plus",
        "-": "minus",
        ",": "comma",
        ".": "period",
        "/": "slash",
        ";": "semicolon",
        "'": "apostrophe",
        "`": "grave",
        "=": "equal",
        "[": "bracketleft",
        "]": "bracketright",
        "\\": "backslash",
    }
)
_FUNCTION_KEYS: Final = frozenset(f"f{number}" for number in range(1, 25))

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hotkey:
    """A key and its modifiers as X knows them: ``keysym``, and ``modifiers`` as a mask."""

    text: str
    keysym: int
    modifiers: int


@dataclass(frozen=True)
class Binding:
    """What a hotkey does: the verb of ``ctl`` that does the same, Qt's notation, what is called.

    An empty notation is no hotkey.
    """

    verb: str
    text: str
    action: Callable[[], None]


def parse_hotkey(text: str) -> Hotkey:
    """Understand Qt's notation, for example "Ctrl+Alt+R"; raises `HotkeyError`."""
    words = text.strip().lower()
    head, _, key = words.rpartition("+")
    if words == "+" or words.endswith("++"):  # the key is the plus itself
        head, key = words[:-1], "+"
    modifiers = 0
    for word in filter(None, (part.strip() for part in head.split("+"))):
        if word not in _MODIFIERS:
            raise HotkeyError(f"The hotkey {text!r} has an unknown part {word!r}.", ADVICE)
        modifiers |= _MODIFIERS[word]
    key = key.strip()
    keysym = _keysym(key)
    if keysym == X.NoSymbol:
        raise HotkeyError(f"The hotkey {text!r} names no key that is known here.", ADVICE)
    if not modifiers & ~X.ShiftMask and key not in _FUNCTION_KEYS:
        raise HotkeyError(f"The hotkey {text!r} would take a key away from typing.", ADVICE)
    return Hotkey(text.strip(), keysym, modifiers)


def _keysym(key: str) -> int:
    if key in _FUNCTION_KEYS:
        name = key.upper()
    elif len(key) == 1 and key.isascii() and key.isalnum():
        name = key
    else:
        name = _KEYS.get(key, "")
    return int(XK.string_to_keysym(name)) if name else int(X.NoSymbol)


class HotkeyListener:
    """Calls the action of each hotkey that is pressed, on its own thread "hotkeys".

    What can't be had is told to ``tell_problem`` with the binding's verb, on the same thread; the
    other hotkeys still work. What concerns all of them is told with "". Of two bindings to one
    combination the first has it.
    """

    def __init__(
        self,
        bindings: Iterable[Binding],
        tell_problem: Callable[[str, HotkeyError], None],
    ) -> None:
        self._bindings = [binding for binding in bindings if binding.text.strip()]
        self._tell_problem = tell_problem
        self._thread: threading.Thread | None = None
        self._wake_read, self._wake_write = -1, -1
        self._ready = threading.Event()

    def start(self) -> None:
        """Start to listen. Calling it again does nothing."""
        if self._thread is not None or not self._bindings:
            return
        self._wake_read, self._wake_write = os.pipe()
        self._thread = threading.Thread(target=self._run, name="hotkeys", daemon=True)
        self._thread.start()

    def wait_ready(self, seconds: float) -> bool:
        """Wait until every hotkey is grabbed or refused."""
        return self._ready.wait(seconds)

    def stop(self) -> None:
        """Let the hotkeys go and join the thread. Calling it again does nothing."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        os.write(self._wake_write, b"x")
        thread.join(JOIN_SECONDS)
        if thread.is_alive():
            _log.error("the hotkeys thread hangs in the X server")
            return
        os.close(self._wake_read)
        os.close(self._wake_write)
        self._ready.clear()

    def _run(self) -> None:
        try:
            display = Display()
        except (error.XError, error.DisplayError, error.XauthError, OSError) as problem:
            self._tell(f"Hotkeys need an X11 display: {problem}")
            self._ready.set()
            return
        try:
            self._listen(display)
        except (error.ConnectionClosedError, error.XError, OSError) as problem:
            self._tell(f"Hotkeys stopped: {problem}")
        except Exception as problem:  # noqa: BLE001 - thread edge
            _log.critical("the hotkeys thread ended", exc_info=True)
            self._tell(f"Hotkeys stopped: {problem}")
        finally:
            self._ready.set()
            _close(display)

    def _tell(self, what: str) -> None:
        self._tell_problem("", HotkeyError(what, _WITHOUT_X11))

    def _listen(self, display: Display) -> None:
        display.set_error_handler(_log_error)
        keyboard = self._keyboard(display)
        grabs = self._grab_all(display)
        self._ready.set()
        released_at = -1
        while True:
            while display.pending_events():
                event = display.next_event()
                if event.type == X.MappingNotify:
                    display.refresh_keyboard_mapping(event)
                    # Every switch between keyboards tells this; to let go without need would lose
                    # a press, or the hotkey to another program.
                    if (now := self._keyboard(display)) != keyboard:
                        keyboard = now
                        _release_all(display)
                        grabs = self._grab_all(display)
                elif event.type == X.KeyRelease:
                    released_at = event.time
                elif event.type == X.KeyPress and event.time != released_at:
                    # A held key repeats as pairs of release and press of one time.
                    self._press(grabs, event.detail, event.state)
            readable, _, _ = select.select([display.fileno(), self._wake_read], [], [])
            if self._wake_read in readable:
                return

    def _keyboard(self, display: Display) -> tuple[object, ...]:
        """Return what the grabs depend on: the keys' codes and the locks' modifiers."""
        keysyms = []
        for binding in self._bindings:
            with contextlib.suppress(HotkeyError):
                keysyms.append(parse_hotkey(binding.text).keysym)
        codes = [int(display.keysym_to_keycode(keysym)) for keysym in keysyms]
        return (*codes, *_lock_variants(display))

    def _grab_all(self, display: Display) -> dict[tuple[int, int], Callable[[], None]]:
        grabs: dict[tuple[int, int], Callable[[], None]] = {}
        owners: dict[tuple[int, int], Binding] = {}
        for binding in self._bindings:
            try:
                hotkey = parse_hotkey(binding.text)
                wanted = _keycode(display, hotkey), hotkey.modifiers
                _claim(owners, wanted, binding)
                _grab(display, hotkey, wanted[0])
                grabs[wanted] = binding.action
            except HotkeyError as problem:  # noqa: PERF203 - each may fail for itself
                bind = f"{problem.advice} Or bind “ishowtts-desktop ctl {binding.verb}”."
                self._tell_problem(binding.verb, HotkeyError(problem.message, bind))
        return grabs

    def _press(
        self, grabs: Mapping[tuple[int, int], Callable[[], None]], keycode: int, state: int
    ) -> None:
        wanted = X.ControlMask | X.Mod1Mask | X.ShiftMask | X.Mod4Mask
        action = grabs.get((keycode, state & wanted))
        if action is None:
            return
        try:
            action()
        except Exception:  # noqa: BLE001 - thread edge
            _log.exception("a hotkey's action failed")


_WITHOUT_X11: Final = (
    "Bind “ishowtts-desktop ctl panic” in the desktop's own settings, and so the other verbs."
)


def _claim(
    owners: dict[tuple[int, int], Binding], wanted: tuple[int, int], binding: Binding
) -> None:
    """Note whose combination it is; raises `HotkeyError` for one that has an owner.

    The server wouldn't tell: it lets us grab what is ours already.
    """
    owner = owners.setdefault(wanted, binding)
    if owner is not binding:
        text = binding.text.strip()
        raise HotkeyError(
            f"The hotkey {text} of “{binding.verb}” is the one of “{owner.verb}” already.", ADVICE
        )


def _keycode(display: Display, hotkey: Hotkey) -> int:
    keycode = int(display.keysym_to_keycode(hotkey.keysym))
    if keycode == 0:
        raise HotkeyError(f"This keyboard has no key for {hotkey.text}.", ADVICE)
    return keycode


def _grab(display: Display, hotkey: Hotkey, keycode: int) -> None:
    root = display.screen().root
    refused = error.CatchError(error.BadAccess)
    variants = _lock_variants(display)
    for locks in variants:
        root.grab_key(
            keycode,
            hotkey.modifiers | locks,
            owner_events=False,
            pointer_mode=X.GrabModeAsync,
            keyboard_mode=X.GrabModeAsync,
            onerror=refused,
        )
    display.sync()
    if refused.get_error() is not None:
        # All or none: half of a hotkey would work or not by Num Lock.
        for locks in variants:
            root.ungrab_key(keycode, hotkey.modifiers | locks)
        display.sync()
        raise HotkeyError(f"Another program already uses {hotkey.text}.", ADVICE)


def _lock_variants(display: Display) -> list[int]:
    num_lock_key = display.keysym_to_keycode(XK.string_to_keysym("Num_Lock"))
    num_lock = X.Mod2Mask
    # The eight rows of the mapping stand in the order of the bits of a modifier mask.
    for bit, keycodes in enumerate(display.get_modifier_mapping()):
        if num_lock_key and num_lock_key in keycodes:
            num_lock = 1 << bit
    return [caps | num for caps, num in product((0, X.LockMask), (0, num_lock))]


def _release_all(display: Display) -> None:
    display.screen().root.ungrab_key(X.AnyKey, X.AnyModifier)


def _log_error(problem: Any, request: Any) -> None:  # noqa: ANN401, ARG001 - Xlib's signature
    _log.warning("X11: %s", problem)


def _close(display: Display) -> None:
    try:
        display.close()
    except (error.ConnectionClosedError, OSError):
        _log.debug("the X server was gone first")
