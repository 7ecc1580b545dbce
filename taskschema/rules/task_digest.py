"""Makes the digest of a task: the data that collection rules use, small enough to keep.

Two tasks are compared by hashes of their instances. A large task keeps a sample, which only its
texts decide: if two tasks share an input, it is in both samples or in neither, at equal sampling
rates.
"""

import hashlib
import re
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import compress
from operator import xor

import orjson

from taskschema.core.text.normal_forms import normalise
from taskschema.rules.collection_context import TaskDigest
from taskschema.schema.columns import Columns, Row

__all__ = ["SHORTEST_INPUT", "context_key", "digest"]

# Comparing needs some dozens of hashes, and making one costs a hundred times as much as counting.
ENOUGH, PLENTY = 32, 128
# Bytes. Shorter inputs are words, names and numbers that tasks share without a common source.
SHORTEST_INPUT = 16
# Distinct outputs. A task with more has no closed set of answers.
FEW_ANSWERS = 12
# The lowest bits of a hash are the length of the input, which needs no hashing, and the next ones a
# checksum, which is faster than the hash. Samples are chosen by these bits.
LENGTH, CHECKSUM = 0xFF, 0xFF00
LENGTHS = tuple((1 << bits) - 1 for bits in range(8, -1, -1))
MASKED = {mask: bytes(length & mask for length in range(256)) for mask in LENGTHS}
ZERO = re.compile(b"\0")


def digest(columns: Columns) -> TaskDigest:
    """Return the digest of a task that fits its schema, equal on every machine."""
    task = columns.task
    inputs, rows, mask = _hashes(columns)
    return TaskDigest(
        path=columns.path.as_posix(),
        name=columns.name,
        aliases=tuple(task.get("aliases", ())),
        definitions=tuple(columns.definition),
        sources=tuple(
            (source["name"], source.get("url", "")) for source in task.get("sources", ())
        ),
        categories=tuple(task.get("categories", ())),
        languages=tuple(task.get("languages", {}).get("output", ())),
        input_languages=tuple(task.get("languages", {}).get("input", ())),
        kind=columns.answer_format["kind"],
        answers=_answers(columns),
        instances=len(columns.instances),
        inputs=inputs,
        rows=rows,
        mask=mask,
    )


def _hashes(columns: Columns) -> tuple[frozenset[int], frozenset[int], int]:
    """Return hashes of inputs, hashes of instances, and the mask of bits that none of them has."""
    texts, instances = columns.stripped_inputs, columns.instances
    mask, indices = _sample(texts)
    keys = [texts[index].lower().encode() for index in indices]
    if not columns.plain:
        keys = [key + context_key(instances[at]) for key, at in zip(keys, indices, strict=True)]
    checksums = list(map(zlib.crc32, keys))
    if len(keys) > PLENTY:  # many inputs of one length
        mask |= _surplus(len(keys))
        kept = [not checksum << 8 & mask & CHECKSUM for checksum in checksums]
        indices, keys = list(compress(indices, kept)), list(compress(keys, kept))
        checksums = list(compress(checksums, kept))
    hashes = [
        hashed & ~(LENGTH | CHECKSUM) | (checksum << 8 & CHECKSUM) | (len(texts[index]) & LENGTH)
        for hashed, checksum, index in zip(_hashed(keys), checksums, indices, strict=True)
    ]
    # A checksum of the answers is enough, since only rows of one input can be confused.
    outputs = ["\n".join(sorted(instances[index]["output"])) for index in indices]
    answers = [zlib.crc32(text.lower().encode()) << 16 for text in outputs]
    long = [len(key) >= SHORTEST_INPUT for key in keys]
    return frozenset(compress(hashes, long)), frozenset(map(xor, hashes, answers)), mask


def _sample(texts: Sequence[str]) -> tuple[int, list[int]]:
    """Return the texts to hash: the mask of bits that their lengths must not have, and indices.

    The sample is as small as possible with enough texts. Blank texts are skipped.
    """
    lengths = _low_bytes(array("I", list(map(len, texts))))
    for mask in LENGTHS:
        masked = lengths.translate(MASKED[mask])
        if not mask or masked.count(0) >= ENOUGH:
            break
    return mask, [match.start() for match in ZERO.finditer(masked) if texts[match.start()]]


def _low_bytes(numbers: "array[int]") -> bytes:
    start = 0 if sys.byteorder == "little" else numbers.itemsize - 1
    return numbers.tobytes()[start :: numbers.itemsize]


def _surplus(count: int) -> int:
    """Return the mask of checksum bits that reduces `count` keys to about `PLENTY`."""
    bits = min(8, (count // PLENTY).bit_length())
    return (1 << bits) - 1 << 8


def context_key(row: Row) -> bytes:
    """Return the context and the attachments of a row as bytes, empty if it has neither."""
    parts = [row[key] for key in ("context", "attachments") if key in row]
    return orjson.dumps(parts) if parts else b""


def _hashed(keys: Iterable[bytes]) -> "array[int]":
    return _unsigned(b"".join([hashlib.blake2b(key, digest_size=8).digest() for key in keys]))


def _unsigned(packed: bytes) -> "array[int]":
    """Return numbers of 64 bits from bytes in little-endian order."""
    numbers = array("Q", packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _answers(columns: Columns) -> tuple[str, ...]:
    """Return the closed set of answers: the declared labels, or the outputs if they are few."""
    labels: Sequence[str] = columns.answer_format.get("labels", ())
    if not labels and len(columns.distinct_outputs) <= FEW_ANSWERS:
        labels = tuple(columns.distinct_outputs)
    return tuple(sorted(set(map(normalise, labels))))
