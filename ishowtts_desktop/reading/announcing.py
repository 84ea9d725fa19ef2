"""Sentences of our own: what is said of a notice, and of a payment that came without words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading import notices

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage, Notice
    from ishowtts_desktop.reading.text.prepare import Preparation, Prepared

WORDLESS = frozenset((Reason.NOTHING_TO_SAY, Reason.COMMAND))
"""Why nothing is said of a message, though its author wrote nothing that mustn't be said."""

FORBIDDEN = frozenset((Reason.BLOCKED_USER, Reason.BLOCKED_WORD, Reason.PRIVATE_WORD))
"""What isn't said even if it was begun."""


class Announcement(NamedTuple):
    """A ``notice`` as far as it may be kept, and what its author ``added``."""

    notice: Notice
    added: Prepared | Reason


def looked_at(notice: Notice, preparation: Preparation, hint: str = "") -> Announcement:
    """Return ``notice`` without what holds a private word: nothing may keep or show that.

    ``hint`` is the language of the chat lately.
    """
    message = notices.as_message(notice)
    added = preparation.prepare(message, hint=hint)
    if added is Reason.PRIVATE_WORD:
        notice = replace(notice, text="", emotes=())
    for kept in notices.less_and_less(notice):
        notice = kept
        told = preparation.prepare(_saying(message, kept.system_text))
        if told is not Reason.PRIVATE_WORD:
            break
    return Announcement(notice, added)


def of_notice(notice: Notice, preparation: Preparation, language: str) -> Prepared | Reason:
    """Return the sentence for a notice, without the recipient's name where that can't be."""
    message = notices.as_message(notice)
    called = preparation.called(message)
    prepared: Prepared | Reason = Reason.NOTHING_TO_SAY
    for each in dict.fromkeys((notice, notices.without_recipient(notice))):
        text = notices.sentence(each, called, language)
        prepared = preparation.prepare(_saying(message, text))
        if not isinstance(prepared, Reason):
            break
    return prepared


def of_payment(message: ChatMessage, preparation: Preparation, language: str) -> Prepared | Reason:
    """Return the sentence for a paid message without words."""
    text = notices.payment(message, preparation.called(message), language)
    return preparation.prepare(_saying(message, text))


def unsaid(message: ChatMessage, text: str, preparation: Preparation) -> Reason | None:
    """Return the word rule against ``text`` that is said for ``message``, or None."""
    prepared = preparation.prepare(_saying(message, text))
    return prepared if isinstance(prepared, Reason) and prepared in FORBIDDEN else None


def with_added(announced: Prepared, added: Prepared, most: float) -> Prepared:
    """Return both, as ``most`` seconds at the most."""
    seconds = min(announced.seconds + added.seconds, most)
    return replace(announced, text=f"{announced.text} {added.text}", seconds=seconds)


def _saying(message: ChatMessage, text: str) -> ChatMessage:
    return replace(message, text=text, emotes=(), bits=0, reward_id=None, reply_to=None)
