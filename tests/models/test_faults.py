"""What the user reads when the network, the hub or the disk refuses."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import huggingface_hub
import pytest

from ishowtts_desktop.core.errors import ModelError
from ishowtts_desktop.models.faults import disk, host_of, plain, proxy_of
from tests.models.conftest import Getting
from tests.support.certificates import make_certificate
from tests.support.hub import V1, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.models.cache import Cache
    from tests.support.hub import FakeHub

PROXY_WORDS = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@contextmanager
def listening(answer: bytes = b"") -> Iterator[str]:
    """Listen on loopback, give each who comes ``answer`` and nothing more; yields HOST:PORT."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    guest, _ = server.accept()
                except OSError:
                    return
                with guest:
                    guest.recv(4096)
                    guest.sendall(answer)
                    done.wait(0 if answer else 5)

        done = threading.Event()
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            done.set()
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def nobody_listening() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let a test set proxies: the library reads them when it opens its first connection."""
    fresh = getattr(huggingface_hub, "close_session", lambda: None)
    fresh()
    for word in PROXY_WORDS:
        monkeypatch.delenv(word, raising=False)
        monkeypatch.delenv(word.upper(), raising=False)
    yield monkeypatch
    fresh()


@pytest.mark.parametrize(
    ("status", "message", "advice"),
    [
        (401, "doesn't give this model away (HTTP 401)", "It may have moved"),
        (403, "doesn't give this model away (HTTP 403)", "choose a folder"),
        (404, "doesn't give this model away (HTTP 404)", "HF_ENDPOINT"),
        (407, "The proxy wants a name and a password", "HTTPS_PROXY"),
        (418, "refused (HTTP 418)", "Try again later"),
        (429, "wants fewer requests", "Try again in 70 seconds"),
        (500, "has a problem (HTTP 500)", "Wait a little"),
        (503, "has a problem (HTTP 503)", "goes on from there"),
    ],
)
@pytest.mark.parametrize("place", ["/resolve/", "/cdn/"])
def test_what_the_hub_refuses(
    getting: Getting, hub: FakeHub, place: str, status: int, message: str, advice: str
) -> None:
    hub.mischief.statuses = {place: status}
    hub.mischief.extra_headers = {"Retry-After": "70"}
    with pytest.raises(ModelError) as caught:
        getting.get(V1, tries=1)
    assert message in caught.value.message
    assert advice in caught.value.advice
    assert "127.0.0.1" in caught.value.message or status == 407


def test_a_hub_that_is_busy_for_a_moment_only_is_tried_again(
    getting: Getting, hub: FakeHub
) -> None:
    hub.mischief.statuses = {"/cdn/": 503}
    tried = []

    def recover(seconds: float | None = None) -> bool:
        tried.append(seconds)
        hub.mischief.statuses = {}
        return False

    getting.cancel.wait = recover  # type: ignore[method-assign]
    getting.get(V1)
    assert len(tried) == 1


def failure(cache: Cache, endpoint: str, **environment: str) -> ModelError:
    class Nobody:
        url = endpoint

    getting = Getting(Nobody(), cache)  # type: ignore[arg-type]
    getting.environment |= environment
    with pytest.raises(ModelError) as caught:
        getting.get(V1, tries=1, silence=0.2)
    return caught.value


@pytest.mark.usefixtures("proxied")
def test_a_machine_without_network_is_told_so(cache: Cache) -> None:
    error = failure(cache, "http://hub.invalid")
    assert error.message.startswith("hub.invalid can't be found: this machine seems to be offline")


@pytest.mark.usefixtures("proxied")
def test_a_hub_that_isnt_there(cache: Cache) -> None:
    place = nobody_listening()
    error = failure(cache, f"http://{place}")
    assert error.message == f"The connection to {place} failed: Connection refused."


@pytest.mark.usefixtures("proxied")
def test_a_hub_that_says_nothing(cache: Cache) -> None:
    with listening() as place:
        assert failure(cache, f"http://{place}").message == f"{place} has stopped answering."


@pytest.mark.usefixtures("proxied")
def test_a_certificate_that_nobody_vouches_for(cache: Cache, tmp_path: Path) -> None:
    context = make_certificate(tmp_path).server()
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"

        def shake_hands() -> None:
            guest, _ = server.accept()
            with guest, pytest.raises(OSError, match=r"alert|EOF|reset"):
                context.wrap_socket(guest, server_side=True)

        thread = threading.Thread(target=shake_hands)
        thread.start()
        error = failure(cache, f"https://{place}")
        thread.join()
    assert error.message.startswith(f"The connection to {place} isn't trusted")


@pytest.mark.usefixtures("proxied")
def test_a_server_that_doesnt_speak_tls(cache: Cache) -> None:
    with listening(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") as place:
        error = failure(cache, f"https://{place}")
    assert error.message == f"No secure connection to {place} came about."


def test_a_hub_that_sends_nothing_is_left_in_the_end(getting: Getting, hub: FakeHub) -> None:
    hub.mischief.empty_bodies = True
    with pytest.raises(ModelError, match="sends nothing"):
        getting.get(V1)


@pytest.mark.parametrize("name", ["../../../../evil", "/etc/evil", "a" * 63, "0" * 40 + "/x", "*"])
def test_a_hub_cant_choose_names_on_this_disk(
    getting: Getting, hub: FakeHub, cache: Cache, name: str
) -> None:
    hub.mischief.strange_etag = name
    with pytest.raises(ModelError, match="not as the hub does"):
        getting.get(V1)
    assert not list(cache.folder.parent.rglob("*"))


def test_a_network_that_wants_a_login_first(getting: Getting, hub: FakeHub) -> None:
    hub.mischief.login_page = True
    with pytest.raises(ModelError, match="answered, but not as the hub does") as caught:
        getting.get(V1)
    assert "log in" in caught.value.advice


@pytest.mark.parametrize(
    "endpoint",
    ["nonsense", "http://[", "http://", "ftp://a/b", "http://\0", "https://a:b", "https://a\nb"],
)
@pytest.mark.usefixtures("proxied")
def test_an_endpoint_that_is_none(cache: Cache, endpoint: str) -> None:
    error = failure(cache, endpoint)
    assert error.message.startswith("HF_ENDPOINT should be a hub's address")


def test_a_proxy_that_isnt_there_is_named_without_its_password(
    proxied: pytest.MonkeyPatch, cache: Cache
) -> None:
    place = nobody_listening()
    proxied.setenv("HTTP_PROXY", f"http://me:secret@{place}")
    error = failure(cache, "http://hub.invalid", HTTP_PROXY=f"http://me:secret@{place}")
    assert error.message == f"The proxy {place} doesn't lead to hub.invalid."
    assert "secret" not in str(error)


def test_a_proxy_that_wants_a_password(proxied: pytest.MonkeyPatch, cache: Cache) -> None:
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    with listening(refusal) as place:
        proxied.setenv("HTTPS_PROXY", f"http://{place}")
        error = failure(cache, "https://hub.invalid", HTTPS_PROXY=f"http://{place}")
    assert error.message == "The proxy wants a name and a password (407)."


@pytest.mark.parametrize(
    ("environment", "endpoint", "expected"),
    [
        ({}, "https://huggingface.co", ""),
        ({"HTTPS_PROXY": "http://a:b@proxy:3128"}, "https://huggingface.co", "proxy:3128"),
        ({"https_proxy": "proxy:3128"}, "https://huggingface.co", "proxy:3128"),
        ({"HTTP_PROXY": "http://proxy"}, "https://huggingface.co", ""),
        ({"ALL_PROXY": "socks5://proxy"}, "http://mirror", "proxy"),
        ({"ALL_PROXY": "x", "NO_PROXY": "a, .huggingface.co"}, "https://huggingface.co", ""),
        ({"ALL_PROXY": "x", "no_proxy": "face.co"}, "https://huggingface.co", "x"),
        ({"ALL_PROXY": "x", "no_proxy": "*"}, "https://huggingface.co", ""),
    ],
)
def test_which_proxy_is_on_the_way(
    environment: dict[str, str], endpoint: str, expected: str
) -> None:
    assert proxy_of(endpoint, environment) == expected


def test_a_name_and_password_in_an_address_arent_repeated() -> None:
    assert host_of("https://me:secret@mirror:8443/hub") == "mirror:8443"


@pytest.mark.parametrize("name", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_a_user_who_wants_no_network_gets_none(getting: Getting, hub: FakeHub, name: str) -> None:
    getting.environment[name] = "yes"
    with pytest.raises(ModelError, match=f"{name} is set") as caught:
        getting.get(V1)
    assert caught.value.advice == f"Unset {name} and try again."
    assert hub.bodies == []


def test_a_disk_that_fills_up_keeps_what_is_there(getting: Getting, cache: Cache) -> None:
    # GIVEN the kernel's own full disk where the weights go
    partial = cache.blob(V1.files[1].repository, V1.files[1].sha256 + ".incomplete")
    partial.parent.mkdir(parents=True)
    partial.symlink_to("/dev/full")
    with pytest.raises(ModelError, match=r"The disk of .* is full") as caught:
        getting.get(V1)
    assert caught.value.advice.startswith("Make room.")
    assert cache.find(V1.files[0]) is not None
    # WHEN there is room again
    partial.unlink()
    assert (getting.get(V1) / WEIGHTS.partition("/")[2]).is_file()


def test_a_cache_that_isnt_a_folder(getting: Getting, cache: Cache) -> None:
    cache.folder.write_text("", encoding="utf-8")
    with pytest.raises(ModelError, match=r"can't be written: (Not a directory|File exists)"):
        getting.get(V1)


def test_a_cache_that_may_not_be_written(tmp_path: Path) -> None:
    error = disk(PermissionError(13, "Permission denied"), tmp_path)
    assert error.message == f"{tmp_path} may not be written by this user: Permission denied."


def test_a_socks_proxy_without_its_package_is_told() -> None:
    error = ImportError("Using SOCKS proxy, but the 'socksio' package is not installed.")
    told = plain(error, "https://huggingface.co", {})
    assert "SOCKS" in told.message
    assert "socksio" in told.advice
