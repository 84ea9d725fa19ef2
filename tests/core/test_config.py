"""The shape of the configuration, and what every error is made of."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.errors import EngineError, IshowttsError


def test_the_defaults_are_valid_and_never_shared() -> None:
    one, two = Config(), Config()
    one.rules.blocked_users.append("x")
    one.source.recent.append("y")

    assert Config.model_validate(two.model_dump()) == two == Config()


def test_an_assignment_out_of_range_is_refused() -> None:
    config = Config()

    with pytest.raises(ValidationError):
        config.audio.volume = 1.5

    assert config.audio.volume == 0.8


def test_an_error_reads_as_one_line_with_its_advice() -> None:
    assert str(EngineError("It broke.", "Mend it.")) == "It broke. Mend it."
    assert str(IshowttsError("It broke.")) == "It broke."


def test_a_cancel_token_goes_up_and_stays_up() -> None:
    token = CancelToken()
    assert not token.wait(0)

    token.cancel()
    token.cancel()

    assert token.cancelled
    assert token.wait(60)


def test_a_chunk_knows_its_length() -> None:
    import numpy as np

    assert AudioChunk(np.zeros(11025, np.float32), 22050).seconds == 0.5


def test_blocked_users_come_along_from_before_there_were_rules() -> None:
    old = {"reading": {"blocked_users": ["troll"]}}
    assert Config.model_validate(old).rules.blocked_users == ["troll"]
    both = {**old, "rules": {"blocked_users": []}}
    assert Config.model_validate(both).rules.blocked_users == []
    assert Config.model_validate({"reading": {}}) == Config()
