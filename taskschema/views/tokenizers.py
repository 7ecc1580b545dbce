"""Tokenizers that count the tokens of prompts: words, or a saved `tokenizer.json`.

The library `tokenizers` reads such a file; nothing is downloaded.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from taskschema.core.errors import ConfigError
from taskschema.views.view import Tokenizer

__all__ = ["WORDS", "Words", "count", "tokenizer_of"]

LIBRARY = "tokenizers"
ENCODING = ("utf-8", "surrogatepass")


class Words:
    """Splits a text at white space; the id of a word is 1 and its UTF-8 bytes, as a number."""

    def encode(self, text: str) -> list[int]:
        """Return the ids of the words of a text."""
        return [int.from_bytes(b"\x01" + word.encode(*ENCODING)) for word in text.split()]

    def decode(self, tokens: Sequence[int]) -> str:
        """Return the words, separated by single spaces."""
        return " ".join(
            token.to_bytes((token.bit_length() + 7) // 8)[1:].decode(*ENCODING) for token in tokens
        )


WORDS = Words()


def count(tokenizer: Tokenizer, text: str) -> int:
    """Return the number of tokens of a text; words are counted without making their ids."""
    return len(text.split() if isinstance(tokenizer, Words) else tokenizer.encode(text))


class _SavedTokenizer:
    """A tokenizer of the library, which adds special tokens at the ends of a text."""

    def __init__(self, tokenizer: Any, path: Path, sha256: str) -> None:
        self._tokenizer = tokenizer
        self._path = path
        self.sha256 = sha256

    def encode(self, text: str) -> list[int]:
        """Return the tokens of a text; raise ConfigError if the tokenizer fails."""
        try:
            ids: list[int] = self._tokenizer.encode(text).ids
        except BaseException as error:  # noqa: BLE001 - see `_translated`
            raise _translated(error, self._path, "cannot encode a text") from None
        return ids

    def decode(self, tokens: Sequence[int]) -> str:
        """Return the text of tokens; raise ConfigError if the tokenizer fails."""
        try:
            text: str = self._tokenizer.decode(list(tokens), skip_special_tokens=True)
        except BaseException as error:  # noqa: BLE001 - see `_translated`
            raise _translated(error, self._path, "cannot decode tokens") from None
        return text


def _translated(error: BaseException, path: Path, what: str) -> BaseException:
    """Return the error to raise for one of the library, whose panics are not `Exception`s."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
        return error
    reason = " ".join(str(error).split()).rstrip(".")
    return ConfigError(f"{path}: {what}: {reason}. Use the `tokenizer.json` of a model.")


def tokenizer_of(path: Path) -> Tokenizer:
    """Return the tokenizer in a `tokenizer.json`, without truncation, padding and dropout.

    Raises:
        ConfigError: the file is missing or not a tokenizer, or `tokenizers` is not installed.
    """
    if not path.is_file():
        message = f"{path}: no such file. Use the `tokenizer.json` of a model."
        raise ConfigError(message)
    if find_spec(LIBRARY) is None:
        message = (
            f"{path}: reading it needs the library `{LIBRARY}`. Install it: "
            f'pip install "taskschema[{LIBRARY}]"'
        )
        raise ConfigError(message)
    try:
        tokenizer = import_module(LIBRARY).Tokenizer.from_file(str(path))
    except BaseException as error:  # noqa: BLE001 - see `_translated`
        raise _translated(error, path, "is not a tokenizer") from None
    from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL, which only exports need

    tokenizer.no_truncation()
    tokenizer.no_padding()
    if getattr(tokenizer.model, "dropout", None):
        tokenizer.model.dropout = None  # dropout makes tokens random
    return _SavedTokenizer(tokenizer, path, sha256(path.read_bytes()).hexdigest())
