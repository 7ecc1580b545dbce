"""A name for each finding that stays the same while the lines around it come and go."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

import orjson

from taskschema.core.findings import Finding

__all__ = ["fingerprints"]


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """64 hexadecimal digits for each finding, no two alike in one report.

    They come from path, code, instance (or pointer, outside of instances) and message, never from
    the line; findings that agree in all of these are numbered in the order of the report.
    """
    seen: Counter[bytes] = Counter()
    for finding in findings:
        place = finding.instance or finding.pointer
        key = orjson.dumps([finding.path, finding.code, place, finding.message])
        number = seen[key]
        seen[key] += 1
        yield sha256(key + b"%d" % number if number else key).hexdigest()
