"""`make run` on a fresh machine: what is missing is named, explained and, if wished, installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tomlkit

from ishowtts_desktop.system import checks
from tests.support.fake_apt import FakeDebian

ROOT = Path(__file__).parent.parent


def first_names(name: str) -> list[str]:
    """The packages of a list, the first of each alternative."""
    text = ROOT.joinpath("packaging", "apt", f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    return [re.split(r"[ |]", line)[0] for line in lines]


@pytest.fixture
def debian(tmp_path: Path) -> FakeDebian:
    """A machine where apt knows everything and nothing is installed."""
    machine = FakeDebian(tmp_path)
    machine.put("known", *first_names("run"), *first_names("test"), *first_names("python"))
    return machine


def test_root_without_a_terminal_installs_what_is_missing(debian: FakeDebian) -> None:
    # GIVEN all but two
    present = [n for n in first_names("run") if n not in ("libportaudio2", "libegl1")]
    debian.install(*present)
    # WHEN nobody can be asked
    code, said = debian.run("run")
    # THEN those two are told with their reasons and installed, without an update
    assert (code, debian.calls) == (0, ["apt-get install libportaudio2 libegl1"])
    assert re.search(r"libportaudio2 +PortAudio: all sound", said)


def test_nothing_is_said_or_done_where_nothing_is_missing(debian: FakeDebian) -> None:
    debian.install(*first_names("run"))
    assert debian.run("run") == (0, "")
    assert debian.calls == []


def test_a_package_of_another_architecture_does_not_serve(debian: FakeDebian) -> None:
    debian.install(*first_names("run"), architecture="i386")
    debian.run("run")
    assert "libportaudio2" in debian.calls[0]


def test_either_of_two_names_will_do(debian: FakeDebian) -> None:
    # GIVEN a release with the old name of one package
    rest = [n for n in first_names("run") if n not in ("libglib2.0-0t64", "libasound2-plugins")]
    debian.install(*rest, "libglib2.0-0", "pipewire-alsa")
    assert debian.run("run") == (0, "")


def test_the_name_that_this_release_knows_is_installed(debian: FakeDebian) -> None:
    debian.install(*(n for n in first_names("run") if n != "libglib2.0-0t64"))
    debian.put("known", "libglib2.0-0")
    debian.put("virtual", "libglib2.0-0t64")
    code, _ = debian.run("run")
    assert (code, debian.calls) == (0, ["apt-get install libglib2.0-0"])


def test_no_apt_only_names_them(debian: FakeDebian) -> None:
    debian.environment["NO_APT"] = "1"
    code, said = debian.run("run")
    assert (code, debian.calls) == (0, [])
    assert "sudo apt-get install libportaudio2 " in said


def test_lists_are_fetched_only_when_a_name_is_unknown(debian: FakeDebian) -> None:
    # GIVEN a fresh container: no package lists yet, and one broken third-party list
    debian.put("known")
    debian.put("after-update", *first_names("run"))
    debian.put("update-code", "100")
    code, said = debian.run("run")
    # THEN the broken list doesn't keep the rest from being installed
    assert (code, debian.calls[0]) == (0, "apt-get update")
    assert debian.calls[1].startswith("apt-get install libportaudio2 ")
    assert "trying with the lists that are there" in said


def test_stale_lists_are_fetched_anew_and_tried_once_more(debian: FakeDebian) -> None:
    debian.install(*first_names("run")[1:])
    debian.put("broken", "404 Not Found")
    code, _ = debian.run("run")
    install = "apt-get install libportaudio2"
    assert (code, debian.calls) == (0, [install, "apt-get update", install])


def test_a_package_that_apt_does_not_know_is_named_and_left_out(debian: FakeDebian) -> None:
    debian.install(*first_names("run")[2:])
    debian.put("known", "libportaudio2")
    code, said = debian.run("run")
    assert (code, debian.calls[-1]) == (0, "apt-get install libportaudio2")
    assert "apt knows no package called: libasound2-plugins|pipewire-alsa" in said


def test_an_installation_that_fails_tells_how_to_go_on(debian: FakeDebian) -> None:
    debian.put("known")
    debian.put("after-update", *first_names("run"))
    debian.put("broken", "no space left")
    code, said = debian.run("run")
    assert code == 1
    assert "no space left" in said
    assert "sudo apt-get install libportaudio2" in said


def test_a_user_without_a_terminal_or_sudo_gets_the_command(debian: FakeDebian) -> None:
    debian.put("uid", "1000")
    debian.put("no-sudo")
    code, said = debian.run("run")
    assert (code, debian.calls) == (1, ["sudo true"])
    assert "sudo apt-get install libportaudio2" in said


def test_a_user_with_free_sudo_gets_them_installed(debian: FakeDebian) -> None:
    debian.put("uid", "1000")
    debian.install(*first_names("run")[1:])
    code, _ = debian.run("run")
    assert (code, debian.calls[-1]) == (0, "apt-get install libportaudio2")


@pytest.mark.parametrize(("answer", "installs"), [("\n", True), ("y\n", True), ("n\n", False)])
def test_on_a_terminal_the_user_is_asked_first(
    debian: FakeDebian, answer: str, installs: bool
) -> None:
    debian.install(*first_names("run")[1:])
    code, said = debian.run("run", answer=answer)
    assert (code, bool(debian.calls)) == (0, installs)
    assert "[Y/n]" in said


@pytest.mark.parametrize("package", ["pipewire-pulse", "pipewire-alsa"])
def test_a_pipewire_desktop_keeps_its_sound_server(debian: FakeDebian, package: str) -> None:
    debian.install(package)
    _, said = debian.run("run", "test")
    assert f"Leaving out pulseaudio: it would take the place of {package}" in said
    assert "pulseaudio" not in debian.calls[-1].split()
    assert "pulseaudio-utils" in debian.calls[-1].split()


def test_python_is_asked_for_only_where_none_works(debian: FakeDebian) -> None:
    debian.install(*first_names("run"))
    debian.python = "/no/such/python"
    code, _ = debian.run("run")
    assert (code, debian.calls) == (0, ["apt-get install python3 python3-venv"])


def test_another_system_gets_the_names_and_goes_on(tmp_path: Path) -> None:
    code, said = FakeDebian(tmp_path, dpkg=False).run("run")
    assert code == 0
    assert "no Debian" in said
    assert "libportaudio2 " in said


def test_an_unknown_list_is_an_error(debian: FakeDebian) -> None:
    code, said = debian.run("nonsense")
    assert (code, "There is no list" in said) == (1, True)
    assert debian.run()[0] == 2


def test_every_package_has_its_reason() -> None:
    for name in ("python", "run", "test"):
        text = ROOT.joinpath("packaging", "apt", f"{name}.txt").read_text(encoding="utf-8")
        for line in text.splitlines():
            assert re.fullmatch(r"#.*|[a-z0-9.+|-]+( unless:[a-z|-]+)? +# \S.*", line), line


def test_apt_can_install_both_lists_beside_each_other_on_an_empty_system(tmp_path: Path) -> None:
    # GIVEN what apt knows here (nothing, on another system), and a status in which nothing is there
    names = {*first_names("python"), *first_names("run"), *first_names("test")}
    policy = ["apt-cache", "policy", *names]
    if shutil.which("apt-cache") is None:
        return
    told = subprocess.run(policy, capture_output=True, text=True, check=True).stdout
    blocks = re.findall(r"^(\S+):\n  Installed: .*\n  Candidate: (?!\(none\))", told, re.MULTILINE)
    status = tmp_path / "status"
    status.touch()
    # WHEN all of them are asked for at once
    arguments = ["-s", "-o", f"Dir::State::status={status}", "--no-install-recommends", "install"]
    done = subprocess.run(
        ["apt-get", *arguments, *blocks], capture_output=True, text=True, check=False
    )
    # THEN none stands in another's way
    assert done.returncode == 0, done.stdout[-2000:]


def test_the_doctor_advises_packages_that_setup_installs() -> None:
    advised = {package for _, package in (*checks.SOUND_LIBRARIES, *checks.WINDOW_LIBRARIES)}
    assert advised <= set(first_names("run"))


def test_the_doctor_looks_for_every_package_that_is_installed() -> None:
    project = tomlkit.parse(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8")).unwrap()
    required = {re.split(r"[><=;]", need)[0] for need in project["project"]["dependencies"]}
    assert set(checks.PACKAGES) == required


def test_the_desktop_file_is_what_desktops_expect() -> None:
    file = ROOT / "packaging" / "io.github.ishowtts.Desktop.desktop"
    done = subprocess.run(
        ["desktop-file-validate", file], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def find_python(*candidates: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [ROOT / "packaging" / "find-python", *candidates]
    env = {"PATH": f"{path}:/usr/bin:/bin"} if path else None
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_a_python_that_is_named_is_taken() -> None:
    done = find_python(sys.executable)
    assert (done.returncode, done.stdout.strip()) == (0, sys.executable)


def test_a_shim_that_refuses_to_start_is_passed_over(tmp_path: Path) -> None:
    # GIVEN a shim for 3.10 that fails, and one that answers for 3.11
    for name, body in (("python3.10", "exit 127"), ("python3.11", f'exec {sys.executable} "$@"')):
        shim = tmp_path / name
        shim.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        shim.chmod(0o755)
    assert find_python(path=tmp_path).stdout.strip() == sys.executable


def test_an_unusable_python_is_refused_with_advice() -> None:
    done = find_python("/bin/false")
    assert (done.returncode, done.stdout) == (1, "")
    assert "python3-venv" in done.stderr


def test_make_help_tells_every_target() -> None:
    text = ROOT.joinpath("Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    done = subprocess.run(
        ["make", "--no-print-directory", "-C", ROOT, "help"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert re.findall(r"^  make (\S+)", done.stdout, re.MULTILINE) == phony.split()
