"""Notices when another program changes or removes the voice that is worked on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.voice_manager.changes import KIND
from ishowtts_desktop.desktop.voice_manager.kept import newest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.desktop.voice_manager.desk import VoiceDesk
    from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
    from ishowtts_desktop.voices.library import VoiceLibrary

# What these bring is newer than what was looked at before them.
_OWN: Final = ("open", "save", KIND)


class VoiceOutside(QObject):
    """Compares the voice on ``desk`` with ``library`` when asked to `look`.

    What nobody edited is shown anew by ``show``; what somebody did stays, and ``told`` says so.
    """

    told = Signal(str, str)

    def __init__(
        self,
        desk: VoiceDesk,
        library: VoiceLibrary,
        work: VoiceWork,
        show: Callable[[VoiceDraft | None], None],
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = library
        self._work = work
        self._show = show
        self._told = ""

    @Slot()
    def look(self) -> None:
        """Look whether the voice is still what it was when it was opened or saved."""
        asked = self._desk.draft
        if asked is not None and asked.kept is not None and not asked.starter:
            self._work.run(
                "look", lambda: newest(self._library, asked), lambda now: self._take(asked, now)
            )

    def _take(self, asked: VoiceDraft, found: VoiceDraft | None) -> None:
        draft = self._desk.draft
        if (
            draft is None
            or draft.kept is None
            or (draft.kept.id, draft.revision) != (asked.voice.id, asked.revision)
            or any(self._work.busy(kind) for kind in _OWN)
        ):
            return
        if found is None:
            self._take_removal(draft)
        elif found is not asked and not draft.changed:
            self._show(found)
        elif found is not asked and found.revision != self._told:
            self._told = found.revision
            self.told.emit(
                self.tr("Another program changed this voice meanwhile."),
                self.tr("Revert shows it as it is now."),
            )

    def _take_removal(self, draft: VoiceDraft) -> None:
        text = self.tr("Another program removed {name}.")
        message = text.format(name=plain(draft.voice.name, 60))
        if draft.changed:
            voice = draft.voice.model_copy(update={"id": ""})
            self._show(replace(draft, voice=voice, kept=None, replaced=True, revision=""))
            self.told.emit(message, self.tr("What you see is all there is of it: save it anew."))
        else:
            self._show(None)
            self.told.emit(message, self.tr("The menu can bring back what was removed last."))
