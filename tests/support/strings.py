"""Every string of the desktop that a translator has to see, found in the source."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def translatable(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (context, text); anything but a plain string raises AssertionError."""
    for path in sorted(folder.glob("**/*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for outer in ast.walk(tree):
            if isinstance(outer, ast.ClassDef):
                yield from ((outer.name, text) for text in _tr(outer, path))
            elif isinstance(outer, ast.Call):
                yield from _translate(outer)


def _tr(scope: ast.ClassDef, path: Path) -> Iterator[str]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "tr":
            first = node.args[0]
            assert isinstance(first, ast.Constant), f"{path}:{node.lineno}: tr() wants a string"
            yield str(first.value)


def _translate(call: ast.Call) -> Iterator[tuple[str, str]]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    constants = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    if name == "QT_TRANSLATE_NOOP":
        yield str(constants[0]), str(constants[1])
    elif name == "translate" and len(constants) == 1:
        yield "Sentences", str(constants[0])
