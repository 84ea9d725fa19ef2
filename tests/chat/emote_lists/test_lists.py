"""Emote lists from a real server over TLS: fetched once, kept, and never waited for."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.chat.emote_lists.cache import MOST_FILES, ListCache
from ishowtts_desktop.chat.emote_lists.lists import AGAIN_SECONDS, FRESH_SECONDS, EmoteLists
from ishowtts_desktop.chat.emote_lists.providers import PROVIDERS, Provider
from ishowtts_desktop.chat.emote_lists.web import LARGEST, Web
from ishowtts_desktop.core.errors import CertificateError, ChatError
from tests.support.certificates import make_certificate
from tests.support.clock import FakeClock
from tests.support.emote_server import EmoteServer
from tests.support.messages import chat
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.certificates import Certificate

CHANNEL = "81020302"
BETTERTTV = PROVIDERS["betterttv"]
HERE = Provider("here", "localhost", BETTERTTV.everywhere, BETTERTTV.channel, BETTERTTV.find)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(certificate: Certificate) -> Iterator[EmoteServer]:
    with EmoteServer(certificate) as made:
        made.answers = {
            "localhost" + HERE.path(""): json.dumps([{"code": "monkaS"}]).encode(),
            "localhost" + HERE.path(CHANNEL): json.dumps(
                {"channelEmotes": [{"code": "catJAM"}], "sharedEmotes": []}
            ).encode(),
        }
        yield made


class Booth:
    """Emote lists with a fake clock, asking the server on this machine."""

    def __init__(self, folder: Path, server: EmoteServer, certificate: Certificate) -> None:
        self.clock = FakeClock()
        web = Web(certificate.client(), server.port, "127.0.0.1")
        self.lists = EmoteLists(folder, self.clock, web, [HERE])

    def names(self, channel: str = CHANNEL, source: str = "twitch://room") -> frozenset[str]:
        return self.lists.names(chat(channel_id=channel, source=source))


@pytest.fixture
def booth(tmp_path: Path, server: EmoteServer, certificate: Certificate) -> Iterator[Booth]:
    made = Booth(tmp_path / "emotes", server, certificate)
    yield made
    made.lists.close()


def test_the_first_question_has_the_lists_fetched(booth: Booth, server: EmoteServer) -> None:
    assert booth.names() == frozenset()
    assert wait_until(booth.names) == {"monkaS", "catJAM"}
    booth.clock.advance(AGAIN_SECONDS + 1)
    assert booth.names() == {"monkaS", "catJAM"}
    assert len(server.asked) == 2


def test_an_unknown_channel_has_the_emotes_of_everywhere(booth: Booth) -> None:
    booth.names("7")
    assert wait_until(lambda: booth.names("7")) == {"monkaS"}


@pytest.mark.parametrize("channel", ["", "x", "../../etc", "٣", "1" * 21])
def test_what_is_no_twitch_id_is_never_asked_for(booth: Booth, channel: str) -> None:
    assert booth.names(channel) == frozenset()
    booth.lists.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "emotes"]


@pytest.mark.parametrize("source", ["demo://", "replay:///x", "irc://host/room", "twitch"])
def test_only_twitch_is_asked_about(booth: Booth, source: str) -> None:
    assert booth.names(source=source) == frozenset()
    assert not [thread for thread in threading.enumerate() if thread.name == "emotes"]


def test_what_nobody_expected_does_not_end_the_thread(
    booth: Booth, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    with monkeypatch.context() as patched:
        patched.setattr(ListCache, "read", broken)
        booth.names()
        wait_until(lambda: "could not be looked up" in caplog.text)
    booth.clock.advance(AGAIN_SECONDS + 1)
    booth.names()
    assert wait_until(booth.names) == {"monkaS", "catJAM"}


def test_what_was_kept_serves_while_the_network_is_gone(
    booth: Booth, tmp_path: Path, server: EmoteServer, certificate: Certificate
) -> None:
    booth.names()
    wait_until(booth.names)
    server.status = 500
    later = Booth(tmp_path / "emotes", server, certificate)
    later.clock.advance(FRESH_SECONDS + 1)
    later.names()
    assert wait_until(later.names) == {"monkaS", "catJAM"}
    later.lists.close()


def test_a_failure_is_tried_again_later_and_not_before(booth: Booth, server: EmoteServer) -> None:
    server.status = 500
    booth.names()
    wait_until(lambda: len(server.asked) == 2)
    booth.names()
    server.status = 200
    booth.clock.advance(AGAIN_SECONDS + 1)
    booth.names()
    assert wait_until(booth.names) == {"monkaS", "catJAM"}
    assert len(server.asked) == 4


def test_closing_breaks_off_a_server_that_says_nothing(booth: Booth, server: EmoteServer) -> None:
    server.silent.set()
    booth.names()
    wait_until(lambda: server.asked)
    booth.lists.close()
    wait_until(lambda: not [t for t in threading.enumerate() if t.name == "emotes"], 5.0)
    assert booth.names() == frozenset()


def test_a_certificate_for_another_name_is_refused(
    server: EmoteServer, certificate: Certificate
) -> None:
    web = Web(certificate.client(), server.port, "127.0.0.1")
    with pytest.raises(CertificateError):
        web.get("7tv.io", "/")


def test_an_endless_document_is_refused(server: EmoteServer, certificate: Certificate) -> None:
    server.answers["localhost/big"] = b"x" * (LARGEST + 1)
    with pytest.raises(ChatError, match="answered 200"):
        Web(certificate.client(), server.port, "127.0.0.1").get("localhost", "/big")


def test_a_closed_web_asks_nobody(server: EmoteServer, certificate: Certificate) -> None:
    web = Web(certificate.client(), server.port, "127.0.0.1")
    web.close()
    with pytest.raises(ChatError):
        web.get("localhost", "/")
    assert server.asked == []


@pytest.mark.parametrize(
    "broken",
    [
        *(b"", b"[]", b"{}", b'{"at": "x", "names": []}', b"\xff", b"[" * 9999),
        b'{"at": 1%s, "names": []}' % (b"0" * 400),
        b'{"at": 9000000000000, "names": ["a"]}',
    ],
)
def test_a_broken_file_is_no_list(tmp_path: Path, broken: bytes) -> None:
    cache = ListCache(tmp_path, FakeClock())
    (tmp_path / "here-1.json").write_bytes(broken)
    assert cache.read("here", "1") is None


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = ListCache(tmp_path / "file", FakeClock())
    cache.write("here", "1", frozenset({"a"}))
    assert cache.read("here", "1") is None


def test_only_the_newest_lists_are_kept(tmp_path: Path) -> None:
    cache = ListCache(tmp_path, FakeClock())
    for number in range(MOST_FILES + 3):
        (tmp_path / f"old-{number}.json").touch()
    cache.write("here", "1", frozenset({"a"}))
    assert len(list(tmp_path.iterdir())) == MOST_FILES
    kept = cache.read("here", "1")
    assert kept is not None
    assert kept.names == {"a"}
