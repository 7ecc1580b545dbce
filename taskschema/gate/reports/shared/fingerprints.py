"""Fingerprints of findings that do not change when other lines of a file change."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

import orjson

from taskschema.core.findings import Finding

__all__ = ["fingerprints"]


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield 64 hexadecimal digits for each finding, unique in the report.

    They are a SHA-256 of path, code, instance (or pointer, outside of instances) and message, but
    not of the line. Findings that are equal in all of these are numbered in order.
    """
    seen: Counter[bytes] = Counter()
    for finding in findings:
        place = finding.instance or finding.pointer
        key = orjson.dumps([finding.path, finding.code, place, finding.message])
        number = seen[key]
        seen[key] += 1
        yield sha256(key + b"%d" % number if number else key).hexdigest()
