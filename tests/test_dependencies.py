"""Every dependency installs on a Jetson: Python 3.10 on arm64, from wheels alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, parse_wheel_filename

from ishowtts_desktop.system import checks

ROOT = Path(__file__).parent.parent
JETPACK6_GLIBC = (2, 35)
TAGS = [f"manylinux_2_{minor}_aarch64" for minor in (35, 34, 31, 28, 27, 17)]
TAGS.append("manylinux2014_aarch64")
JETPACK6 = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "aarch64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.10.12",
    "python_version": "3.10",
    "sys_platform": "linux",
}


def project() -> Any:
    return tomlkit.parse(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8")).unwrap()


def resolve(requirements: list[str], folder: Path, environment: dict[str, str]) -> list[Any]:
    """What pip would install there. It takes its index from its usual settings."""
    report = folder / "report.json"
    where = [part for tag in TAGS for part in ("--platform", tag)]
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-input"]
    command += ["--ignore-installed", "--only-binary=:all:", "--target", str(folder / "target")]
    command += ["--python-version", "3.10", "--implementation", "cp", *where]
    command += ["--disable-pip-version-check", "--report", str(report), *requirements]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=170, check=False
    )
    assert done.returncode == 0, done.stderr
    installs: list[Any] = json.loads(report.read_text(encoding="utf-8"))["install"]
    return installs


def named(installs: list[Any]) -> dict[str, Any]:
    return {canonicalize_name(one["metadata"]["name"]): one for one in installs}


def needed_there(requirements: list[str], extra: str = "") -> list[Requirement]:
    """The requirements whose markers hold on JetPack 6."""
    parsed = [Requirement(text) for text in requirements]
    environment = {**JETPACK6, "extra": extra}
    return [one for one in parsed if one.marker is None or one.marker.evaluate(environment)]


def forgotten(found: dict[str, Any]) -> list[str]:
    """Requirements that only that machine has: pip looks at markers with the eyes of this one."""
    return [
        str(one).partition(";")[0]
        for install in found.values()
        for one in needed_there(install["metadata"].get("requires_dist", []))
        if canonicalize_name(one.name) not in found
    ]


def resolve_there(
    requirements: list[Requirement], folder: Path, environment: dict[str, str]
) -> dict[str, Any]:
    """What pip finds for Python 3.10 on arm64; each must be a wheel that its glibc can load."""
    wanted = [str(one).partition(";")[0] for one in requirements]
    found = named(resolve(wanted, folder, environment))
    while missing := forgotten(found):
        wanted += missing
        found = named(resolve(wanted, folder, environment))
    for name, install in found.items():
        file = install["download_info"]["url"].rpartition("/")[2].partition("#")[0]
        tags = {tag.platform for tag in parse_wheel_filename(file.replace("%2B", "+"))[3]}
        assert any(loads_there(tag) for tag in tags), f"{name}: {file}"
    return found


@pytest.mark.timeout(360)
def test_jetpack_6_gets_the_f5_engine_from_wheels_beside_its_own_torch(
    tmp_path: Path, outside: dict[str, str]
) -> None:
    # GIVEN what the extra needs but torch, which NVIDIA's wheel brings
    extra = needed_there(project()["project"]["optional-dependencies"]["f5"])
    wanted = [one for one in extra if one.name != "torch"]
    assert len(wanted) == len(extra) - 1
    # THEN all of it is there for that machine, and nothing of it brings another torch
    found = resolve_there(wanted, tmp_path, outside)
    assert {canonicalize_name(one.name) for one in wanted} <= set(found)
    assert "torch" not in found


@pytest.mark.timeout(360)
def test_jetpack_6_gets_the_recogniser_from_wheels_and_without_torch(
    tmp_path: Path, outside: dict[str, str]
) -> None:
    wanted = needed_there(project()["project"]["optional-dependencies"]["transcribe"])
    found = resolve_there(wanted, tmp_path, outside)
    assert {"faster-whisper", "ctranslate2", "av", "onnxruntime", "tokenizers"} <= set(found)
    assert "torch" not in found


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("2.4.0a0+07cecf4168.nv24.5", True),
        ("2.5.0a0+872d972e41.nv24.8", True),
        ("2.4.0", True),
        ("2.13.0+cpu", True),
        ("2.3.0", False),
        ("2.3.0a0+ebedce2.nv24.2", False),
    ],
)
def test_the_torch_of_a_jetpack_is_torch_enough(version: str, enough: bool) -> None:
    extra = map(Requirement, project()["project"]["optional-dependencies"]["f5"])
    (torch,) = [one for one in extra if one.name == "torch"]
    assert SpecifierSet(str(torch.specifier)).contains(version) is enough


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/benchmarks/README.md"])
def test_no_page_undoes_the_editable_install(page: str) -> None:
    text = ROOT.joinpath(page).read_text(encoding="utf-8")
    unquoted = re.sub("[\"']", "", text)
    assert re.findall(r"(?<!-e )(?<!--editable )\.\[f5\]", unquoted) == []


@pytest.mark.timeout(360)
def test_jetpack_6_gets_everything_from_wheels(tmp_path: Path, outside: dict[str, str]) -> None:
    # WHEN pip resolves what the application needs
    wanted = needed_there(project()["project"]["dependencies"])
    found = resolve_there(wanted, tmp_path, outside)
    # THEN Qt is the newest that loads there, with all of its parts
    qt = {name: found[name]["metadata"]["version"] for name in ("pyside6-essentials", "shiboken6")}
    assert qt == {"pyside6-essentials": "6.8.0.2", "shiboken6": "6.8.0.2"}


def loads_there(platform: str) -> bool:
    if platform == "any" or platform == "manylinux2014_aarch64":
        return True
    match = re.fullmatch(r"manylinux_(\d+)_(\d+)_aarch64", platform)
    return match is not None and (int(match[1]), int(match[2])) <= JETPACK6_GLIBC


@pytest.mark.parametrize(
    ("tag", "loads"),
    [
        ("any", True),
        ("manylinux_2_35_aarch64", True),
        ("manylinux_2_39_aarch64", False),
        ("manylinux_2_17_x86_64", False),
        ("win_arm64", False),
    ],
)
def test_a_wheel_for_a_newer_glibc_does_not_load(tag: str, loads: bool) -> None:
    assert loads_there(tag) is loads


def test_what_only_the_other_python_needs_is_not_forgotten() -> None:
    # GIVEN a package that needs another one below Python 3.11 only
    metadata = {"name": "a", "requires_dist": ["b>=1; python_version < '3.11'", "c; extra == 'x'"]}
    # THEN that one is asked for, and the extra isn't
    assert forgotten({"a": {"metadata": metadata}}) == ["b>=1"]
    assert forgotten({"a": {"metadata": metadata}, "b": {"metadata": {}}}) == []


def test_ruff_and_mypy_hold_the_code_to_python_3_10() -> None:
    settings = project()
    assert settings["project"]["requires-python"] == ">=3.10"
    assert settings["tool"]["ruff"]["target-version"] == "py310"
    assert settings["tool"]["mypy"]["python_version"] == "3.10"


def test_the_doctor_knows_every_dependency() -> None:
    declared = {Requirement(text).name for text in project()["project"]["dependencies"]}
    assert declared == set(checks.PACKAGES)
