"""The pipeline and the voices on the disk: known with the next message, however slow the disk."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ishowtts_desktop.assembly import Pipeline
from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.reading_config import CastingConfig
from ishowtts_desktop.engines import make_embedded
from ishowtts_desktop.reading.history import History
from ishowtts_desktop.voice_book import VoiceBook
from ishowtts_desktop.voices.voice import Voice
from tests.support.clock import FakeClock
from tests.support.fakes import FakeEngine, FakeOutput
from tests.support.messages import chat

if TYPE_CHECKING:
    from pathlib import Path


class Book(VoiceBook):
    """Voices that come, on a disk that answers when it is told to."""

    def __init__(self) -> None:
        super().__init__(None, make_embedded)
        self.names: list[str] = []
        self.answers = threading.Event()
        self.answers.set()

    def voices(self) -> tuple[Voice, ...]:
        assert self.answers.wait(20)
        return tuple(Voice(id=name, name=name.title()) for name in self.names)


def test_a_new_voice_speaks_with_the_next_message_and_a_slow_disk_stops_nobody(
    tmp_path: Path,
) -> None:
    clock, book = FakeClock(), Book()
    pipeline = Pipeline(
        Config(casting=CastingConfig(users={"bob": "ann", "eve": "ben"})),
        FakeOutput(clock),
        FakeEngine(),
        History(tmp_path / "history.sqlite", clock),
        clock,
        book=book,
    )

    def voice_of(login: str) -> str:
        clock.advance(60.0)
        who = dict.fromkeys(("id", "login", "name", "author_id"), login)
        pipeline._take_event(chat(f"hello {login}", **who))
        job = pipeline.conductor.take(0.0)
        assert job is not None
        pipeline.conductor.done(job, Played(complete=False))
        return job.segments[0].voice

    try:
        # GIVEN a voice that was made while nobody wrote
        book.names.append("ann")
        assert voice_of("bob") == "ann"
        # WHEN the disk doesn't answer THEN chat goes on with the voices that were there
        book.names.append("ben")
        book.answers.clear()
        assert voice_of("eve") == ""
        assert voice_of("bob") == "ann"
    finally:
        book.answers.set()
        assert pipeline.shutdown()
