"""What is wrong with a file of TOML that a model of pydantic should take, in one line."""

from __future__ import annotations

from typing import Final

from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

BROKEN: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError, TOMLKitError)
"""What text that isn't our TOML makes the parser and the model raise."""


def one_line(error: BaseException) -> str:
    """Return what one of `BROKEN` says, without a full stop."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    if isinstance(error, UnicodeDecodeError):
        return "it isn't UTF-8 text"
    return (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
