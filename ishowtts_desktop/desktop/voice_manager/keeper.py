"""Everything that goes to the library or comes from outside: opened, made, copied, removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.voice_manager.changes import VoiceChanges
from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft
from ishowtts_desktop.desktop.voice_manager.files import BUNDLE_SUFFIX, VoiceFiles
from ishowtts_desktop.desktop.voice_manager.intake import VoiceIntake
from ishowtts_desktop.desktop.voice_manager.kept import opened
from ishowtts_desktop.desktop.voice_manager.languages import nearest_language
from ishowtts_desktop.desktop.voice_manager.outside import VoiceOutside
from ishowtts_desktop.desktop.voice_manager.voice_list import Row
from ishowtts_desktop.voice_book import DRAFT
from ishowtts_desktop.voices.voice import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from ishowtts_desktop.core.errors import IshowttsError, VoiceError
    from ishowtts_desktop.desktop.voice_manager.desk import VoiceDesk
    from ishowtts_desktop.desktop.voice_manager.intake import Intake
    from ishowtts_desktop.desktop.voice_manager.services import VoiceServices
    from ishowtts_desktop.desktop.voice_manager.unsaved import UnsavedGuard
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
    from ishowtts_desktop.voices.shelf import VoiceProblem
    from ishowtts_desktop.voices.voice import Voice


class VoiceKeeper(QObject):
    """Puts voices on ``desk`` and into the library of ``services``; ``guard`` keeps the unsaved.

    ``opened`` tells the id of the voice that is shown now, "" for none; ``made`` that it is new;
    ``complained`` which voices of the library are broken now.
    """

    rows_changed = Signal()
    opened = Signal(str)
    made = Signal()
    told = Signal(str, str)
    failed = Signal(object)
    complained = Signal(object)

    def __init__(
        self,
        services: VoiceServices,
        work: VoiceWork,
        desk: VoiceDesk,
        guard: UnsavedGuard,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._work = work
        self._desk = desk
        self._guard = guard
        self._window = window
        self._files = VoiceFiles(window)
        self._intake = VoiceIntake(services, work, window)
        self._intake.told.connect(self.told)
        self._intake.failed.connect(self._fail_opening)
        self.changes = VoiceChanges(services.library, work, self)
        self.changes.added.connect(self._show_added)
        self.changes.removed.connect(self._note_removed)
        self.changes.told.connect(self.told)
        self.changes.failed.connect(self._fail_changing)
        self._outside = VoiceOutside(desk, services.library, work, self._show)
        self._outside.told.connect(self.told)
        self._own: tuple[Voice, ...] = ()
        self._listed = False
        self._complaints: tuple[VoiceProblem, ...] = ()
        self.rows: tuple[Row, ...] = ()
        desk.saved.connect(self._note_saved)

    @property
    def current(self) -> str:
        """The id of the voice on the desk, `DRAFT` for one that isn't in the library."""
        draft = self._desk.draft
        if draft is None:
            return ""
        return draft.voice.id or DRAFT

    @property
    def intake(self) -> VoiceIntake:
        """Where recordings come from; its recorder may hold one that nobody took yet."""
        return self._intake

    @Slot()
    def refresh(self) -> None:
        """Read the library anew, and the voice on the desk if it isn't what it was."""
        library = self._services.library
        self._outside.look()
        self._work.run(
            "list", lambda: (library.voices(), library.problems), self._take_list, self._fail
        )

    def show_rows(self) -> None:
        """Tell the list's rows where they aren't what they were."""
        draft = self._desk.draft
        unsaved = draft is not None and draft.kept is None and not draft.starter
        rows = [Row(voice, starter=True) for voice in self._services.starters]
        if draft is not None and unsaved:
            rows.append(Row(draft.voice.model_copy(update={"id": DRAFT}), unsaved=True))
        rows += [Row(voice) for voice in self._own]
        if tuple(rows) != self.rows:
            self.rows = tuple(rows)
            self.rows_changed.emit()

    @Slot(str)
    def pick(self, voice_id: str, then: Callable[[], None] | None = None) -> None:
        """Show another voice."""
        if voice_id == self.current:
            return
        self._guard.ask(lambda: self._open(voice_id, then), self._stay)

    @Slot()
    def new_from_file(self) -> None:
        """Ask for a recording and make a voice of it."""
        self._guard.ask(lambda: self._files.ask_recording(self._make_from), self._stay)

    @Slot()
    def replace_from_file(self) -> None:
        """Ask for a recording for the voice that is shown."""
        self._files.ask_recording(lambda path: self._intake.read(path, self._replace))

    @Slot()
    def new_by_recording(self) -> None:
        """Let the user read something aloud and make a voice of it."""
        self._guard.ask(lambda: self._intake.record(_ui_language(), self._make), self._stay)

    @Slot()
    def replace_by_recording(self) -> None:
        """Let the user read something aloud for the voice that is shown."""
        draft = self._desk.draft
        language = _ui_language() if draft is None else draft.voice.language
        self._intake.record(language, self._replace)

    def take_dropped(self, paths: Sequence[str]) -> None:
        """Import all that was exported, or else make a voice of the first recording."""
        bundles = [Path(path) for path in paths if path.lower().endswith(BUNDLE_SUFFIX)]
        others = [Path(path) for path in paths if Path(path) not in bundles]
        if bundles:
            self._guard.ask(lambda: self.changes.import_all(bundles, others), self._stay)
        elif others:
            alone = len(others) == 1
            self._guard.ask(lambda: self._make_from(others[0], alone=alone), self._stay)

    @Slot()
    def import_voice(self) -> None:
        """Ask for a voice that was exported and add it."""
        self._guard.ask(
            lambda: self._files.ask_import(lambda path: self.changes.import_all([path])), self._stay
        )

    @Slot()
    def export(self) -> None:
        """Ask where to, and write the voice that is shown as one file."""
        self._guard.ask(self._export_saved, self._stay)

    @Slot()
    def copy(self) -> None:
        """Make a second voice like the one that is shown."""
        draft = self._desk.draft
        if draft is None or draft.kept is None:
            return
        if draft.starter:
            name = f"{draft.voice.name[: LONGEST_NAME - 4]} (2)"
            voice = draft.voice.model_copy(update={"id": "", "name": name})
            self._show(VoiceDraft(voice, draft.recording, replaced=True))
            return
        voice_id = draft.kept.id
        self._guard.ask(lambda: self.changes.copy(voice_id), self._stay)

    @Slot()
    def remove(self) -> None:
        """Take the voice that is shown away; that can be undone, for what is saved of it."""
        draft = self._desk.draft
        if draft is not None and draft.kept is not None and not draft.starter:
            self._guard.ask(self._remove_saved, self._stay)

    @Slot()
    def use(self) -> None:
        """Let chat be read in the voice that is shown."""
        self._guard.ask(self._use_saved, self._stay)

    def close(self) -> None:
        """End a recording that is under way."""
        self._intake.close()

    def _stay(self) -> None:
        self.opened.emit(self.current)

    def _open(self, voice_id: str, then: Callable[[], None] | None = None) -> None:
        services = self._services

        def done(draft: VoiceDraft) -> None:
            def show() -> None:
                self._show(draft)
                if then is not None:
                    then()

            # Something may have been typed since it was asked for.
            self._guard.ask(show, self._stay)

        self._work.run("open", lambda: _opened_any(services, voice_id), done, self._fail_opening)

    def _show(self, draft: VoiceDraft | None) -> None:
        self._work.forget("open")
        self._desk.show(draft)
        self.show_rows()
        self.opened.emit(self.current)

    @Slot(object, object)
    def _show_added(self, voice: Voice, refused: VoiceError | None) -> None:
        def tell() -> None:
            # At last: what is told before a voice is opened goes when it is.
            if refused is not None:
                self._fail(refused)

        self.refresh()
        self._guard.ask(lambda: self._open(voice.id, tell), tell)

    @Slot(object)
    def _note_removed(self, gone: Voice) -> None:
        self._own = tuple(voice for voice in self._own if voice.id != gone.id)
        if self.current == gone.id:
            self._show(None)
        self.show_rows()
        self.refresh()

    def _make_from(self, path: Path, *, alone: bool = True) -> None:
        def show(made: Intake) -> None:
            self._make(made)
            if not alone:
                text = self.tr("Only {name} was opened: one recording at a time.")
                self.told.emit(text.format(name=plain(path.name, 60)), "")

        # Something may be typed until the file is read.
        self._intake.read(path, lambda made: self._guard.ask(lambda: show(made), self._stay))

    def _make(self, intake: Intake) -> None:
        name = intake.name or self.tr("My voice")
        language = intake.language or _ui_language()
        self._show(VoiceDraft.new(name, language, intake.recording, intake.span, intake.text))
        self.made.emit()

    def _replace(self, intake: Intake) -> None:
        if self._desk.draft is None:  # another program removed it meanwhile
            self._make(intake)
            return
        self._desk.take_recording(intake.recording, intake.span, intake.text)

    def _remove_saved(self) -> None:
        draft = self._desk.draft
        if draft is not None and draft.kept is not None:
            self.changes.remove(draft.kept)

    def _export_saved(self) -> None:
        draft = self._desk.draft
        if draft is not None and draft.kept is not None:
            voice = draft.kept
            self._files.ask_export(voice.id, lambda path: self.changes.export(voice, path))

    def _use_saved(self) -> None:
        draft = self._desk.draft
        if draft is not None and draft.voice.id:
            self._services.use(draft.voice.id)

    def _take_list(self, found: tuple[tuple[Voice, ...], tuple[VoiceProblem, ...]]) -> None:
        first = not self._listed
        self._listed = True
        self._own, complaints = found
        if complaints != self._complaints:
            self._complaints = complaints
            self.complained.emit(complaints)
        self.show_rows()
        if first and self._own and not self.current and not self._work.busy("open"):
            self._open(self._own[0].id)

    @Slot(object)
    def _note_saved(self, voice: Voice) -> None:
        others = [known for known in self._own if known.id != voice.id]
        self._own = tuple(sorted([*others, voice], key=lambda known: known.name.casefold()))
        self.show_rows()
        self.opened.emit(self.current)
        self.refresh()

    @Slot(object)
    def _fail_changing(self, problem: IshowttsError) -> None:
        self.refresh()
        self._fail(problem)

    def _fail_opening(self, problem: IshowttsError) -> None:
        self._stay()
        self._fail(problem)

    def _fail(self, problem: IshowttsError) -> None:
        self.failed.emit(problem)


def _ui_language() -> str:
    return nearest_language(QLocale().name())


def _opened_any(services: VoiceServices, voice_id: str) -> VoiceDraft:
    if services.starter is not None and any(v.id == voice_id for v in services.starters):
        voice, recording = services.starter(voice_id)
        return VoiceDraft(voice, recording, kept=voice, starter=True)
    return opened(services.library, voice_id)
