"""What would be said of a line, and which rules decide it: for trying out the settings.

Nothing is remembered and nobody is waited for, so the same line has the same answer each time:
what depends on who wrote what before (cooldowns, a first message) is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.preparations import languages_in_use
from ishowtts_desktop.reading.rules.rules import Rules
from ishowtts_desktop.reading.rules.words import WordFilter
from ishowtts_desktop.reading.text.prepare import Explanation, Preparation

if TYPE_CHECKING:
    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.messages import ChatMessage

# What a rule remembers of the messages before is none of a preview's.
_FORGETFUL = {"first_message": "read", "user_cooldown": 0.0, "repeat_cooldown": 0.0}


class Preview:
    """Rules and preparation as ``config`` has them. Not thread-safe.

    ``language`` is a BCP 47 primary tag for all lines, or ``auto``.
    """

    def __init__(self, config: Config, language: str = "auto") -> None:
        self._rules = Rules(
            config.rules.model_copy(update=_FORGETFUL),
            read_shared_chat=config.reading.read_shared_chat,
        )
        self._preparation = Preparation(
            config.reading,
            language,
            words=config.words,
            word_filter=WordFilter(config.rules, config.private),
            in_use=languages_in_use(config),
        )

    def of(self, message: ChatMessage, *, reading: bool = True, hint: str = "") -> Explanation:
        """Return what is said of ``message`` or why nothing is, and every step that had a part.

        A rule's step is called by its reason. ``reading``: whether chat is read at all. ``hint`` is
        the language of the chat, as `Preparation.explain` takes it.
        """
        reason = self._rules.refuse(message, reading=reading)
        if reason is not None:
            return Explanation(reason, (reason.value,))
        explanation = self._preparation.explain(message, hint=hint)
        if isinstance(explanation.result, Reason):
            return explanation
        reason = self._rules.refuse_text(message, explanation.result, message.received_at)
        if reason is None:
            return explanation
        return Explanation(reason, (*explanation.steps, reason.value))
