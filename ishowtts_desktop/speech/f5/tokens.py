"""From text to the token numbers that the model was trained on: characters, and pinyin for Chinese.

The published vocabularies hold one token a line: single characters, and Mandarin syllables with
the tone as a digit ("hao3"). A space stands before each syllable and between words.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

UNKNOWN: Final = 0
# The training texts had these signs replaced: no token was learnt for them.
SPELLING: Final = MappingProxyType(str.maketrans(";“”‘’", ",\"\"''"))
# After these a Latin word follows without another space.
OPENERS: Final = frozenset(" :'\"")
ADVICE = "Take the vocab.txt that belongs to the checkpoint."


@dataclass(frozen=True)
class Vocabulary:
    """The tokens of one vocab.txt.

    ``numbers`` maps a token to its line, counted from 0; ``size`` counts different tokens, which is
    what a checkpoint's embedding was made for. ``where`` names the file in messages.
    """

    numbers: Mapping[str, int]
    where: str = "vocab.txt"

    @property
    def size(self) -> int:
        """How many tokens there are; the model's embedding has one row more."""
        return len(self.numbers)

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read ``path``; raises `EngineError` when it isn't a vocabulary."""
        try:
            with path.open(encoding="utf-8") as lines:
                # The last sign of a line goes, newline or not: the stock package does so, and a
                # model has been trained with the tokens that came out.
                numbers = {line[:-1]: number for number, line in enumerate(lines)}
        except UnicodeDecodeError as error:
            raise EngineError(f"{path} should be text in UTF-8 and is not.", ADVICE) from error
        except OSError as error:
            raise EngineError(
                f"{path} should be a vocabulary and can't be read: {error.strerror}.", ADVICE
            ) from error
        if not numbers:
            raise EngineError(f"{path} should have one token a line and is empty.", ADVICE)
        if numbers.get(" ") != UNKNOWN:
            first = next(iter(numbers))
            raise EngineError(
                f"The first token of {path} should be a space and is {first[:20]!r}.", ADVICE
            )
        return cls(MappingProxyType(numbers), str(path))

    def ids(self, text: str) -> list[int]:
        """Return the token numbers of ``text``; what has no token becomes the space's number, 0."""
        numbers = (self.numbers.get(token, UNKNOWN) for token in tokens(text))
        # In a file with a token twice, the last lines have numbers beyond the embedding.
        return [number if number < self.size else UNKNOWN for number in numbers]


def tokens(text: str) -> list[str]:
    """Return the tokens of ``text``, as the stock package's `convert_char_to_pinyin` does."""
    found: list[str] = []
    for word in words(text.translate(SPELLING)):
        width = len(word.encode())
        if width == len(word):
            if len(word) > 1 and found and found[-1] not in OPENERS:
                found.append(" ")
            found.extend(word)
        elif width == 3 * len(word):
            # The tones of a word depend on each other, so it is looked up as a whole.
            for character, syllable in zip(word, _pinyin(word), strict=True):
                found.extend((" ", syllable) if _is_chinese(character) else (syllable,))
        else:
            for character in word:
                known = _is_chinese(character)
                found.extend((" ", *_pinyin(character)) if known else (character,))
    return found


def words(text: str) -> Sequence[str]:
    """Cut ``text`` into words, for Chinese by a dictionary (jieba's); joined they are the text.

    Half of a surrogate pair, which no encoding knows, becomes a question mark.
    Raises `EngineError` where the dictionary isn't installed.
    """
    try:
        import rjieba
    except ImportError as error:
        raise _not_installed(error) from error
    return rjieba.cut(text.encode("utf-8", "replace").decode())


def _is_chinese(character: str) -> bool:
    return "\u3100" <= character <= "\u9fff"


def _pinyin(word: str) -> list[str]:
    """Return one syllable a character, such as "ni2" and "hao3"; others as they are."""
    try:
        from pypinyin import Style, lazy_pinyin
    except ImportError as error:
        raise _not_installed(error) from error
    syllables = lazy_pinyin(word, style=Style.TONE3, tone_sandhi=True)
    if len(syllables) != len(word):
        # Neighbours without a sound come in one piece; alone, each comes as it is.
        return [syllable for character in word for syllable in _pinyin(character)]
    return syllables


def _not_installed(error: ImportError) -> EngineError:
    return EngineError(
        f"The F5 engine needs {error.name}, which is not installed.",
        "Install the extra: pip install 'ishowtts-desktop[f5]'.",
    )
