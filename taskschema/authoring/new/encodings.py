"""Converts text files to UTF-8 from an encoding that the user names; none is guessed."""

import codecs
from pathlib import Path

from taskschema.core.errors import ConfigError, SourceError
from taskschema.core.syntax import strict_json
from taskschema.core.text.printing import printable

__all__ = ["utf_8_file"]

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PARQUET, ZIPPED = b"PAR1", b"PK\x03\x04"
WINDOWS = "windows-1252"
AROUND = 20  # bytes before and after an invalid byte, for the message


def utf_8_file(path: Path, source: str, encoding: str, scratch: Path) -> Path:
    """Return the path of the file in UTF-8: the file itself, or a converted copy.

    Args:
        path: the file.
        source: the name of the file in messages.
        encoding: the encoding that the user named; empty for UTF-8.
        scratch: a folder for the copy.

    Raises:
        ConfigError: the encoding is unknown.
        SourceError: the file is too large or has another encoding; the message names one to try.
    """
    if path.stat().st_size > strict_json.MAX_BYTES:
        raise SourceError(f"{source}: {strict_json.too_large(path.stat().st_size)}")
    raw = path.read_bytes()
    if raw.startswith((PARQUET, ZIPPED)):
        return path
    if encoding:
        try:
            text = raw.decode(encoding)
        except LookupError as error:
            message = f"--encoding: unknown encoding {printable(encoding)}."
            raise ConfigError(f"{message} Try utf-8, {WINDOWS} or utf-16.") from error
        except ValueError as error:
            raise SourceError(f"{source}: is not {encoding}. Give another --encoding.") from error
        copy = scratch / f"decoded{path.suffix}"
        copy.write_text(text.removeprefix("\ufeff"), encoding="utf-8", newline="")
        return copy
    if raw.startswith(UTF_16):
        raise SourceError(f"{source}: is UTF-16. Use --encoding utf-16, or save it as UTF-8.")
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        context = raw[max(0, error.start - AROUND) : error.start + AROUND]
        decoded = " ".join(context.decode(WINDOWS, errors="replace").split())
        raise SourceError(
            f"{source}: line {line:,} is not UTF-8 (byte 0x{raw[error.start]:02x}). If "
            f'"{printable(decoded)}" reads correctly, use --encoding {WINDOWS}; else save the '
            "file as UTF-8."
        ) from error
    return path
