"""The page of the voice gate: what the voice does while the streamer talks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Slot

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.fields import ChoiceField, Field, NumberField
from ishowtts_desktop.desktop.reading_window.gate_meter import GateMeter
from ishowtts_desktop.desktop.reading_window.page import Page

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.desktop.reading_window.desk import RuleDesk
    from ishowtts_desktop.desktop.reading_window.services import ReadingServices
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork

INTERVAL_MS: Final = 50
INPUTS: Final = "inputs"


class MeterField(Field):
    """The level meter. It chooses nothing."""

    def __init__(self) -> None:
        self.meter = GateMeter()
        super().__init__(self.meter)

    def say(self, text: str) -> None:
        """Say below the meter what it means."""
        if text != self._hint.text():
            self.tell(self.name, text)

    def show_value(self, value: object) -> None:
        """Show nothing of it."""


class GatePage(Page):
    """The gate's settings, with the level that they are to be set by, while it is to be seen."""

    def __init__(self, desk: RuleDesk, services: ReadingServices, work: VoiceWork) -> None:
        super().__init__(desk)
        self._gate = services.gate
        self._inputs = services.inputs
        self._work = work
        self._devices: list[str] = []
        self._trouble = ""
        self._intro = self.add_sentence()
        self._mode = self.add("gate", "mode", ChoiceField())
        self._device = self.add("gate", "device", ChoiceField(foreign=True))
        self._level = MeterField()
        self.place(self._level)
        self._threshold = self.add("gate", "threshold_db", NumberField(-90, 0, 1, 0))
        self._hysteresis = self.add("gate", "hysteresis_db", NumberField(0, 30, 1, 0))
        self._attack = self.add("gate", "attack_seconds", NumberField(0, 2, 0.05, 2))
        self._release = self.add("gate", "release_seconds", NumberField(0.1, 10, 0.1, 1))
        self._duck = self.add("gate", "duck_db", NumberField(-60, 0, 1, 0))
        self._longest = self.add("gate", "longest_hold", NumberField(1, 120, 1, 0))
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._measure)
        self.retranslate()
        self.show_values()

    @property
    def title(self) -> str:
        """What the page is called in the list of pages."""
        return self.tr("Voice gate")

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        decibels, seconds = self.tr("dB"), self.tr("s")
        self._intro.setText(self.tr("So that you and the voice don't talk at the same time."))
        self._mode.tell(self.tr("While you talk"))
        self._mode.offer(
            {
                "off": self.tr("Go on as if nothing was"),
                "hold": self.tr("Begin nothing new"),
                "duck": self.tr("Speak more quietly"),
            }
        )
        self._device.tell(self.tr("Microphone"))
        self._show_devices()
        self._level.tell(self.tr("Level"))
        self._threshold.tell(
            self.tr("Talk begins above"),
            self.tr("Above the noise of your room, below your voice: the line in the meter."),
        )
        self._threshold.measure(decibels)
        self._hysteresis.tell(
            self.tr("It ends below that by"), self.tr("So that a quiet syllable doesn't end it.")
        )
        self._hysteresis.measure(decibels)
        self._attack.tell(self.tr("Loud for at least"), self.tr("A click or a key isn't talk."))
        self._attack.measure(seconds)
        self._release.tell(self.tr("Over after a silence of"), self.tr("You may draw breath."))
        self._release.measure(seconds)
        self._duck.tell(self.tr("Quieter by"))
        self._duck.measure(decibels)
        self._longest.tell(
            self.tr("Hold at most"), self.tr("Then something is read although you still talk.")
        )
        self._longest.measure(seconds)
        self._show_state()

    @Slot()
    def show_values(self) -> None:
        """Show what is chosen now."""
        super().show_values()
        mode = self._desk.value(("gate", "mode"))
        self._duck.setEnabled(mode == "duck")
        self._longest.setEnabled(mode == "hold")
        begins = self._desk.value(("gate", "threshold_db"))
        self._level.meter.show_threshold(
            begins, begins - self._desk.value(("gate", "hysteresis_db"))
        )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to measure."""
        super().showEvent(event)
        self._work.run(INPUTS, self._inputs, self._take_devices, self._take_trouble)
        if self._gate is not None:
            self._gate.listen(True)
            self._timer.start()
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Measure no more than the gate needs."""
        super().hideEvent(event)
        self._timer.stop()
        self._work.forget(INPUTS)
        if self._gate is not None:
            self._gate.listen(False)

    @Slot()
    def _measure(self) -> None:
        level = self._gate.level if self._gate is not None else None
        talking = self._gate is not None and self._gate.talking
        self._level.meter.show_level(None if level is None else level.rms, talking=talking)
        self._show_state()

    def _take_devices(self, names: list[str]) -> None:
        self._devices, self._trouble = names, ""
        self._show_devices()
        self._show_state()

    def _take_trouble(self, problem: IshowttsError) -> None:
        self._trouble = f"{problem.message} {problem.advice}".strip()
        self._show_state()

    def _show_devices(self) -> None:
        names = {name: plain(name, 80) for name in self._devices}
        self._device.offer({"": self.tr("The default microphone"), **names})

    def _show_state(self) -> None:
        if self._gate is None:
            text = self.tr("There is no sound device here, so there is nothing to listen to.")
        elif self._trouble:
            text = self._trouble
        elif self._gate.level is None:
            text = self.tr("Nothing is heard from the microphone yet.")
        else:
            text = self.tr("You talk.") if self._gate.talking else self.tr("You are silent.")
        self._level.say(text)
