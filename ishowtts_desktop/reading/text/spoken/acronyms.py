"""Which capitals are spelt, which are words, and how shouting is brought down."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import regex

from ishowtts_desktop.reading.text.spoken.table import words_of

# Nobody means another word by these, so they are spelt in small letters as well.
SPELT: Final = frozenset(
    words_of(
        """
    amd aoe api asmr bgm bpm btc cd cdn cgi cpu csgo css dj dlc dm dns dps dvd ev fov fps
    gpt gpu gps gta gtx hdmi hdr hp html http https hud ide ip isp kda kfc lcd llm mc mmo
    mmorpg mp mvp nba nbc nfl nft npc nsfw obs otp pc pdf php pk png ps psn psu ptsd pve pvp
    pvpve qq rgb rng rp rpg rtx rx sdk sql srt ssd ssh ssr tcp tp tts tv ufc ui url usb ussr uv vip
    vpn vr vrr vtt xp
    """
    )
)
# In small letters these are words.
SPELT_IN_CAPITALS: Final = frozenset(
    words_of(
        """
    AC AI AM AR CEO CP DIY EA EU HR ID IQ EQ IRL ML OC OP OS OOM PM PR UI UK US USA
    UFO UN VA WC XR YT AFK AP AD ADC AI BO CS CSS DC DLSS EP FBI GB HBO IO ITX
    JS KO LP LTE MB MLG NBA NES NHL NY PSP QA RAF RIP SF SOS SSD TB TBC TBD TL UX WR WWE
    """
    )
)
# Said as words, though they are written in capitals.
WORDS: Final = MappingProxyType(
    {
        "NVIDIA": "Nvidia",
        "PUBG": "pub G",
        "JPEG": "jay peg",
        "NASA": "Nasa",
        "RAM": "ram",
        "ROM": "rom",
        "LAN": "lan",
        "FIFA": "Fifa",
        "SIM": "sim",
        "JSON": "Jason",
        "GIF": "gif",
        "LEGO": "Lego",
        "CUDA": "Cuda",
        "OK": "OK",
    }
)
# Short words that are no abbreviations, however they are written.
COMMON: Final = frozenset(
    words_of(
        """
    a ad add age ago air all and any are arm art as ask at ate aw bad bag ban bar bat be
    bed bet big bit bot box boy bro bug bus but buy by bye can car cat cop cow cry cup cut
    dad day did die do dog dude dye ear eat egg eh end era eye fan far fat few fit fix fly
    for fun fur gas get go god goo got gun guy ha had has hat he her hey hi him his hit hm
    hmm ho hot how huh i ice if ill in ink is it its jab jet job joy key kid la lag law
    lay leg let lie lit lol lot low lul mad man map may me men met mid mix mom mud my nah nap
    net new no nod not now nut odd of off oh old omg on one or our out own pay pet pie pig
    pog poo pop pot pro put ran rat raw red rip rob row run sad sat saw say sea see set
    she shh sit six sky so son sub sue sun sus tag tap tea ten the tie to toe ton too top toy
    try two ugh uh um up us use van wag wait war was way we wet who why win wow yay ye yea
    yep yes yet yo you your yum zip zoo
    cap ded dev duh kek lil meh mod nom owo pew tho uwu vod
    """
    )
)
_NOISE: Final = regex.compile("HM+|M+HM+|PFF+T?|P?SS+T|SH+|BR+|GR+|TSK|NGH+")
_VOWELS: Final = frozenset("AEIOUY")
_PLURAL: Final = regex.compile(r"([A-Z]{2,})s")
_HUMPS: Final = regex.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_ONE_WORD: Final = frozenset(
    words_of(
        """
    YouTube JavaScript TypeScript GitHub PlayStation TikTok PayPal DeepSeek OpenAI ChatGPT
    FaceTime StarCraft WarCraft MineCraft HearthStone OverWatch SoundCloud LinkedIn
    """
    )
)
_CAPITALS: Final = regex.compile(r"\b[A-Z]{2,}\b")
_LETTER: Final = regex.compile(r"[A-Za-z]")


def is_shouting(text: str) -> bool:
    """Tell whether capitals are the rule in ``text``: two words at least, most of its letters."""
    words = [word for word in _CAPITALS.findall(text) if not is_spelt(word)]
    letters = len(_LETTER.findall(text))
    return len(words) > 1 and 2 * sum(map(len, words)) > letters


def is_spelt(word: str) -> bool:
    """Tell whether ``word`` is known to be said letter by letter."""
    return word in SPELT_IN_CAPITALS or word.lower() in SPELT


def spell(word: str) -> str:
    """Put the letters apart: "GPU" -> "G P U"."""
    return " ".join(word.upper())


def acronym(word: str, *, shouting: bool) -> str:
    """Return how ``word`` is said if it is an acronym, "" otherwise."""
    known = WORDS.get(word)
    if known is not None:
        return known
    if is_spelt(word):
        return spell(word)
    plural = _PLURAL.fullmatch(word)
    if plural and plural[1].lower() not in COMMON:
        return spell(plural[1]) + "s"
    if len(word) < 2 or not word.isupper() or word.lower() in COMMON or not word.isascii():
        return ""
    if len(word) > 2 and len(set(word)) == 1:
        return ""  # a scream
    if _NOISE.fullmatch(word):
        return ""
    if _VOWELS.isdisjoint(word):
        return spell(word) if len(word) <= 5 else ""
    return spell(word) if len(word) <= 3 and not shouting else ""


def quiet(word: str, *, shouting: bool) -> str:
    """Return a word in small letters if it is all capitals; "I" and "B" alone stay."""
    if word == "A" and shouting:
        return "a"
    return word.lower() if len(word) > 1 and word.isupper() else word


def apart(word: str) -> str:
    """Put spaces between joinedWords; names that everybody knows stay one word."""
    return word if word in _ONE_WORD else _HUMPS.sub(" ", word)
