"""What the platform announces (a subscription, a gift, a raid), as a short sentence of our own.

Of Twitch's own sentences, which are long and always English, only the numbers and names are taken.
Source: https://dev.twitch.tv/docs/chat/irc/ (USERNOTICE) and what channels get.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from ishowtts_desktop.core.messages import ChatMessage
from ishowtts_desktop.core.utterances import Lane
from ishowtts_desktop.reading.queue import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ishowtts_desktop.core.messages import Notice
    from ishowtts_desktop.core.utterances import Utterance


class _Kind(NamedTuple):
    """How one type of notice is said: its lane, and which number in Twitch's sentence counts."""

    wording: str
    lane: Lane
    number: re.Pattern[str] | None = None


_MONTHS: Final = re.compile(r"for (\d[\d,]*) months")
_GIFTS: Final = re.compile(r"gift(?:ing|ed) (\d[\d,]*) (?!months)")
_RAIDERS: Final = re.compile(r"(\d[\d,]*) raiders")
_STREAMS: Final = re.compile(r"(\d[\d,]*) consecutive")
_RECIPIENT: Final = re.compile(r" to (\w{1,25})!")
_LARGEST: Final = 1_000_000

_KINDS: Final = MappingProxyType(
    {
        "sub": _Kind("sub", Lane.PAID),
        "resub": _Kind("resub", Lane.PAID, _MONTHS),
        "subgift": _Kind("gift", Lane.PAID),
        "submysterygift": _Kind("gift", Lane.PAID, _GIFTS),
        "giftpaidupgrade": _Kind("upgrade", Lane.PAID),
        "anongiftpaidupgrade": _Kind("upgrade", Lane.PAID),
        "primepaidupgrade": _Kind("upgrade", Lane.PAID),
        "standardpayforward": _Kind("forward", Lane.PAID),
        "communitypayforward": _Kind("forward", Lane.PAID),
        "raid": _Kind("raid", Lane.MENTION, _RAIDERS),
        "announcement": _Kind("announcement", Lane.NORMAL),
        "bitsbadgetier": _Kind("badge", Lane.NORMAL),
        "viewermilestone": _Kind("streak", Lane.NORMAL, _STREAMS),
    }
)
# Each wording: when the number is known and above one, and else.
_ENGLISH: Final = MappingProxyType(
    {
        "sub": ("{name} subscribed.",) * 2,
        "resub": ("{name} subscribed for {count} months.", "{name} subscribed again."),
        "gift": ("{name} gifted {count} subscriptions.", "{name} gifted a subscription."),
        "gift to": ("{name} gifted {to} a subscription.",) * 2,
        "upgrade": ("{name} goes on with a subscription.",) * 2,
        "forward": ("{name} passed a subscription on.",) * 2,
        "raid": ("{name} raids with {count} viewers.", "{name} raids."),
        "announcement": ("{name} announces:",) * 2,
        "badge": ("{name} earned a new badge.",) * 2,
        "streak": ("{name} watched {count} streams in a row.", "{name} is on a watch streak."),
    }
)
_CHINESE: Final = MappingProxyType(
    {
        "sub": ("{name}订阅了频道。",) * 2,
        "resub": ("{name}已经订阅了{count}个月。", "{name}续订了频道。"),
        "gift": ("{name}送出了{count}份订阅。", "{name}送出了一份订阅。"),
        "gift to": ("{name}送给{to}一份订阅。",) * 2,
        "upgrade": ("{name}把订阅续了下去。",) * 2,
        "forward": ("{name}转赠了一份订阅。",) * 2,
        "raid": ("{name}带着{count}位观众来了。", "{name}带着观众来了。"),
        "announcement": ("{name}的公告：",) * 2,
        "badge": ("{name}得到了新徽章。",) * 2,
        "streak": ("{name}连续看了{count}场直播。", "{name}一直在看直播。"),
    }
)
_NOBODY: Final = MappingProxyType({"zh": "有人", "en": "Somebody"})


def lane_of(notice: Notice) -> Lane | None:
    """Return the lane of ``notice``, None for one that is never said."""
    kind = _KINDS.get(notice.type)
    return kind.lane if kind else None


def as_message(notice: Notice) -> ChatMessage:
    """Return what its author added as a message, for the rules and the preparation.

    What was paid for counts as paid.
    """
    return ChatMessage(
        id=notice.id,
        source=notice.source,
        channel=notice.channel,
        author_id=notice.author_id,
        login=notice.login,
        name=notice.name,
        text=notice.text,
        roles=notice.roles,
        emotes=notice.emotes,
        bits=int(lane_of(notice) is Lane.PAID),
        shared_from=notice.shared_from,
        sent_at=notice.sent_at,
        received_at=notice.received_at,
    )


def is_all_text(notice: Notice) -> bool:
    """Tell whether nothing is left to say of it without what its author wrote."""
    return notice.type == "announcement"


def less_and_less(notice: Notice) -> Iterator[Notice]:
    """Give ``notice``, then without the recipient, with the number alone, and without a sentence.

    The platform's sentence is full of names.
    """
    yield notice
    yield without_recipient(notice)
    kind = _KINDS.get(notice.type)
    number = kind.number.search(notice.system_text) if kind and kind.number else None
    yield replace(notice, system_text=number[0] if number else "")
    yield replace(notice, system_text="")


def without_recipient(notice: Notice) -> Notice:
    """Return ``notice`` without the name of who got the gift."""
    return replace(notice, system_text=_RECIPIENT.sub("!", notice.system_text))


def written_by(utterance: Utterance) -> ChatMessage | None:
    """Return the message that rules and removals look at; None for what no viewer wrote."""
    return as_message(utterance.notice) if utterance.notice else utterance.message


def gifts_of(notice: Notice) -> int:
    """Return how many subscriptions were gifted with it, 0 when it is no gift."""
    kind = _KINDS.get(notice.type)
    if kind is None or kind.wording != "gift":
        return 0
    return _number(notice, kind) or 1


def combo_key(notice: Notice, author: str) -> str:
    """Return the same text for all gifts of one author, "" for what is no gift."""
    return f"gift {author}" if gifts_of(notice) else ""


def sentence(notice: Notice, called: str, language: str, *, gifts: int = 0) -> str:
    """Return what is said of ``notice`` whose author is ``called`` ("" when no name can be said).

    ``gifts`` is the sum of several gifts. "" for a notice that is never said.
    """
    kind = _KINDS.get(notice.type)
    if kind is None:
        return ""
    wordings = _CHINESE if language == "zh" else _ENGLISH
    name = called or _NOBODY["zh" if language == "zh" else "en"]
    count = gifts or _number(notice, kind)
    said = kind.wording
    recipient = _RECIPIENT.search(notice.system_text) if notice.type == "subgift" else None
    if said == "gift" and count <= 1 and recipient:
        said = "gift to"
    form = wordings[said][0 if count > 1 else 1]
    spoken = wording.in_words(count, "zh" if language == "zh" else "en")
    return form.format(name=name, count=spoken, to=recipient[1] if recipient else "")


def payment(message: ChatMessage, called: str, language: str) -> str:
    """Return what is said of a paid message without words, of whom as in `sentence`."""
    chinese = language == "zh"
    name = called or _NOBODY["zh" if chinese else "en"]
    bits = min(message.bits, _LARGEST)
    if not bits:
        return f"{name}兑换了奖励。" if chinese else f"{name} redeemed a reward."
    count = wording.in_words(bits, "zh" if chinese else "en")
    if chinese:
        return f"{name}打赏了{count}比特。"
    return f"{name} cheered {count} {'bit' if bits == 1 else 'bits'}."


def combined(members: Sequence[Utterance], language: str) -> str:
    """Return what the gifts of one author say together: "Ann gifted 12 subscriptions"."""
    gifts = [member.notice for member in members if member.notice is not None]
    total = sum(gifts_of(notice) for notice in gifts)
    return sentence(gifts[0], members[0].called, language, gifts=total)


class GiftMemory:
    """Knows which gifts were announced together, so that each isn't told once more.

    Twitch announces "5 gifts to the community" and then each of the five.
    """

    def __init__(self, limit: int = 100, seconds: float = 120.0) -> None:
        self._limit = limit
        self._seconds = seconds
        self._announced: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def told_before(self, notice: Notice, author: str, now: float) -> bool:
        """Tell whether this gift was part of one before, at ``now`` (`Clock.now`); count it."""
        left, at = self._announced.get(author, (0, now))
        if now - at > self._seconds:
            left = 0
        if notice.type == "submysterygift":
            self._announced[author] = (left + gifts_of(notice), now)
            self._announced.move_to_end(author)
            if len(self._announced) > self._limit:
                self._announced.popitem(last=False)
        elif notice.type == "subgift" and left:
            self._announced[author] = (left - 1, at)
            return True
        return False


def _number(notice: Notice, kind: _Kind) -> int:
    found = kind.number.search(notice.system_text[:500]) if kind.number else None
    return min(int(found[1].replace(",", "")), _LARGEST) if found else 0
