"""What is worth saying, and how: the sections of the configuration that the reading follows.

All but `PrivateConfig` may be handed on to others; see `reading.rulebook`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ishowtts_desktop.core.section import Section

RoleName = Literal["everyone", "subscriber", "vip", "moderator", "broadcaster"]
FirstMessage = Literal["read", "lift", "skip"]
GateMode = Literal["off", "hold", "duck"]


class ReadingConfig(Section):
    """How chat becomes sentences. Seconds are seconds of speech or of waiting.

    ``hold_seconds`` is how long a message waits at least, so that moderators win the race.
    ``emote_lists`` asks 7TV, BetterTTV and FrankerFaceZ which words are emotes in the channel.
    """

    reading: bool = True
    queue_seconds: float = Field(default=45.0, ge=5.0, le=600.0)
    time_to_live: float = Field(default=60.0, ge=5.0, le=3600.0)
    hold_seconds: float = Field(default=0.0, ge=0.0, le=5.0)
    max_graphemes: int = Field(default=200, ge=10, le=2000)
    gap_seconds: float = Field(default=0.25, ge=0.0, le=5.0)
    say_names: bool = True
    name_repeat_seconds: float = Field(default=30.0, ge=0.0, le=3600.0)
    say_notices: bool = True
    read_commands: bool = False
    read_shared_chat: bool = False
    links: Literal["word", "nothing"] = "word"
    emotes: Literal["skip", "first", "count"] = "skip"
    emote_lists: bool = True
    emoji: Literal["skip", "name"] = "skip"
    template: str = ""


class LoadConfig(Section):
    """What gives way, stage by stage, when more is written than can be said.

    Beyond ``fresh_seconds`` of waiting, normal messages make room for newer ones once chat can't be
    followed any more. ``faster`` is a factor on the rate. ``user_share`` is how much of the last
    minute's speech one user may have.
    """

    names_off: bool = True
    faster: float = Field(default=1.15, ge=1.0, le=1.5)
    merge: bool = True
    sample: bool = True
    say_skipped: bool = True
    fresh_seconds: float = Field(default=5.0, ge=2.0, le=60.0)
    user_share: float = Field(default=0.5, ge=0.05, le=1.0)


class RulesConfig(Section):
    """Whose messages are read, and which. Users are named by login or name, "@" or not.

    Lengths are in graphemes, 0 for no bound; cooldowns in seconds, 0 for none: ``user_cooldown``
    between two messages of one user, ``repeat_cooldown`` between two of the same text by one user.
    ``languages`` are primary tags, empty for all. ``first_message`` is for the first of a user in
    this run: ``lift`` says it before others, ``skip`` doesn't say it.

    The broadcaster and whoever paid are exempt from all but the lists. In these "*" stands for
    anything: "free*" among users, "bad*" among words. ``allowed_words`` are exceptions.
    """

    minimum_role: RoleName = "everyone"
    only_mentions: bool = False
    only_paid: bool = False
    languages: list[str] = Field(default_factory=list)
    shortest: int = Field(default=0, ge=0, le=2000)
    longest: int = Field(default=0, ge=0, le=10_000)
    user_cooldown: float = Field(default=0.0, ge=0.0, le=3600.0)
    repeat_cooldown: float = Field(default=30.0, ge=0.0, le=3600.0)
    first_message: FirstMessage = "read"
    read_bots: bool = False
    bots: list[str] = Field(
        default_factory=lambda: [
            "nightbot",
            "streamelements",
            "streamlabs",
            "moobot",
            "fossabot",
            "wizebot",
            "soundalerts",
            "sery_bot",
        ]
    )
    blocked_users: list[str] = Field(default_factory=list)
    blocked_words: list[str] = Field(default_factory=list)
    allowed_words: list[str] = Field(default_factory=list)


class Pronunciation(Section):
    """How a word is said: ``spoken`` in place of ``written``, "" for not at all.

    ``language`` is a primary tag of lines; empty for every language. "en" is also for the Latin
    words in a Chinese, Japanese or Korean line.
    """

    written: str
    spoken: str = ""
    language: str = ""


class WordsConfig(Section):
    """The user's dictionary. ``nicknames`` are what users are called, by login or name."""

    slang: bool = True
    pronunciations: list[Pronunciation] = Field(default_factory=list)
    nicknames: dict[str, str] = Field(default_factory=dict)


class CastingConfig(Section):
    """Who speaks for whom, by ids of voices; the first that fits: user, role, language, random.

    ``users`` is by login or name, ``roles`` by `Role`'s values or "paid", ``languages`` by primary
    tag. Of ``random`` each user keeps one. ``allowed`` are those that viewers may choose with
    ``command``; ``names`` says the names.
    """

    users: dict[str, str] = Field(default_factory=dict)
    roles: dict[str, str] = Field(default_factory=dict)
    languages: dict[str, str] = Field(default_factory=dict)
    random: list[str] = Field(default_factory=list)
    allowed: list[str] = Field(default_factory=list)
    command: str = "!voice"
    names: str = ""


class GateConfig(Section):
    """What happens while the streamer talks into ``device`` ("" is the default microphone).

    ``hold`` lets nothing new begin, ``longest_hold`` seconds at most; ``duck`` lowers the voice to
    ``duck_db``. Talk begins above ``threshold_db`` (dB of full scale) and ends ``release_seconds``
    after the level fell ``hysteresis_db`` below it.
    """

    mode: GateMode = "off"
    device: str = ""
    threshold_db: float = Field(default=-40.0, ge=-90.0, le=0.0)
    hysteresis_db: float = Field(default=6.0, ge=0.0, le=30.0)
    attack_seconds: float = Field(default=0.1, ge=0.0, le=2.0)
    release_seconds: float = Field(default=0.8, ge=0.1, le=10.0)
    duck_db: float = Field(default=-15.0, ge=-60.0, le=0.0)
    longest_hold: float = Field(default=20.0, ge=1.0, le=120.0)


class PrivateConfig(Section):
    """Names and words that are never said, whoever writes them. They stay on this machine."""

    words: list[str] = Field(default_factory=list)
