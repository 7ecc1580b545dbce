"""Tokenizers that count the length of prompts: words, or what a `tokenizer.json` says.

Such a file is what a model's tokenizer is saved as; the library `tokenizers` reads it, and nothing
is fetched.
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
    """A token is a word between white space; as a number, its bytes in UTF-8 after a 1."""

    def encode(self, text: str) -> list[int]:
        """The words of a text."""
        return [int.from_bytes(b"\x01" + word.encode(*ENCODING)) for word in text.split()]

    def decode(self, tokens: Sequence[int]) -> str:
        """The words with one space between them."""
        return " ".join(
            token.to_bytes((token.bit_length() + 7) // 8)[1:].decode(*ENCODING) for token in tokens
        )


WORDS = Words()


def count(tokenizer: Tokenizer, text: str) -> int:
    """How many tokens a text has; words are counted without a number for each."""
    return len(text.split() if isinstance(tokenizer, Words) else tokenizer.encode(text))


class _Saved:
    """A tokenizer of the library, with the special tokens it adds at the ends of a text."""

    def __init__(self, tokenizer: Any, path: Path, sha256: str) -> None:
        self._tokenizer = tokenizer
        self._path = path
        self.sha256 = sha256

    def encode(self, text: str) -> list[int]:
        """The tokens of a text; ConfigError where the tokenizer fails at it."""
        try:
            ids: list[int] = self._tokenizer.encode(text).ids
        except BaseException as fault:  # noqa: BLE001 - see `_refusal`
            raise _refusal(fault, self._path, "fails at a text") from None
        return ids

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of tokens; ConfigError where the tokenizer fails at them."""
        try:
            text: str = self._tokenizer.decode(list(tokens), skip_special_tokens=True)
        except BaseException as fault:  # noqa: BLE001 - see `_refusal`
            raise _refusal(fault, self._path, "fails at tokens") from None
        return text


def _refusal(fault: BaseException, path: Path, what: str) -> BaseException:
    """What to raise for a fault of the library, whose panics are no `Exception`."""
    if isinstance(fault, (KeyboardInterrupt, SystemExit, MemoryError)):
        return fault
    reason = " ".join(str(fault).split()).rstrip(".")
    return ConfigError(f"{path}: {what}: {reason}. Name the `tokenizer.json` of a model.")


def tokenizer_of(path: Path) -> Tokenizer:
    """The tokenizer in a `tokenizer.json`; whether it cuts, pads or draws is passed over.

    Raises:
        ConfigError: there is no such file, it holds no tokenizer, or `tokenizers` is not installed.
    """
    if not path.is_file():
        message = f"{path}: no such file. Name the `tokenizer.json` of a model."
        raise ConfigError(message)
    if find_spec(LIBRARY) is None:
        message = (
            f"{path}: only the library `{LIBRARY}` reads it. Install it: "
            f'pip install "taskschema[{LIBRARY}]"'
        )
        raise ConfigError(message)
    try:
        tokenizer = import_module(LIBRARY).Tokenizer.from_file(str(path))
    except BaseException as fault:  # noqa: BLE001 - see `_refusal`
        raise _refusal(fault, path, "holds no tokenizer") from None
    from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL, which only exports need

    tokenizer.no_truncation()
    tokenizer.no_padding()
    if getattr(tokenizer.model, "dropout", None):
        tokenizer.model.dropout = None  # else the same text has other tokens each time
    return _Saved(tokenizer, path, sha256(path.read_bytes()).hexdigest())
