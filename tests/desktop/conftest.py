"""What every test of the desktop needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.fixture(autouse=True)
def _windows_are_deleted() -> Generator[None]:
    """Delete the windows that the test closed; one that outlives Qt's application would crash."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
