"""Tokenizers that count the length of prompts: words, or what a `tokenizer.json` says.

Such a file is what a model's tokenizer is saved as; the library `tokenizers` reads it, and nothing
is fetched.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from taskschema.errors import ConfigError
from taskschema.views import Tokenizer

__all__ = ["WORDS", "Words", "tokenizer_of"]

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


class _Saved:
    """A tokenizer of the library, with the special tokens it adds at the ends of a text."""

    def __init__(self, tokenizer: Any, sha256: str) -> None:
        self._tokenizer = tokenizer
        self.sha256 = sha256

    def encode(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids

    def decode(self, tokens: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(list(tokens), skip_special_tokens=True)
        return text


def tokenizer_of(path: Path) -> Tokenizer:
    """The tokenizer in a `tokenizer.json`; whether it cuts or pads is passed over.

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
    except Exception as fault:  # noqa: BLE001 - the library raises no narrower one
        reason = " ".join(str(fault).split())
        message = f"{path}: holds no tokenizer: {reason}. Name the `tokenizer.json` of a model."
        raise ConfigError(message) from None
    from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL, which only exports need

    tokenizer.no_truncation()
    tokenizer.no_padding()
    return _Saved(tokenizer, sha256(path.read_bytes()).hexdigest())
