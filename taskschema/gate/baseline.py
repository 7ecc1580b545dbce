"""Baseline: the findings of an earlier run, so that a run reports only new ones.

A finding is identified by its file, its code and its place. The place names an instance by its id,
so that rows before it may change. The file is sorted JSON, to be kept in git next to the tasks.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from taskschema.core.errors import ConfigError
from taskschema.core.findings import Finding, Report, tally
from taskschema.core.storage.paths import is_within, path_of

__all__ = ["beyond", "read", "recorded"]

VERSION = 1
REWRITE = "Rewrite it with --update-baseline."

Place = tuple[str, str, str]


def recorded(report: Report, path: Path) -> bytes:
    """Return the text of a baseline with every finding of an uncapped report."""
    findings: dict[str, dict[str, dict[str, int]]] = {}
    for (file, code, place), count in sorted(Counter(_places(report, path)).items()):
        findings.setdefault(file, {}).setdefault(code, {})[place] = count
    document = {"baseline_version": VERSION, "findings": findings}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def beyond(report: Report, path: Path) -> Report:
    """Return the findings of an uncapped report that the baseline does not record.

    Raises:
        ConfigError: the baseline cannot be read.
    """
    left = read(path)
    kept = []
    for finding, place in zip(report.findings, _places(report, path), strict=True):
        if left[place] > 0:
            left[place] -= 1
        else:
            kept.append(finding)
    return Report.of(report.files, kept, Counter(map(tally, kept)))


def _places(report: Report, path: Path) -> Iterator[Place]:
    base = path.resolve().parent
    for finding in report.findings:
        file = path_of(finding.path).resolve()
        shown = file.relative_to(base) if is_within(file, base) else file
        yield shown.as_posix(), finding.code, _place(finding)


def _place(finding: Finding) -> str:
    """Return the pointer, with the id of the instance in place of its index."""
    if not finding.instance:
        return finding.pointer
    rows, _, rest = finding.pointer.lstrip("/").partition("/")
    _, _, inside = rest.partition("/")
    return f"/{rows}/[{finding.instance}]/{inside}".rstrip("/")


def read(path: Path) -> Counter[Place]:
    """Read a baseline: how often it records each finding.

    Raises:
        ConfigError: the file does not exist or cannot be read.
    """
    try:
        document: Any = json.loads(path.read_bytes().decode())
        if document["baseline_version"] != VERSION:
            raise ConfigError(f"{path}: was written by another release. {REWRITE}")
        return Counter(
            {
                (str(file), str(code), str(place)): int(count)
                for file, codes in document["findings"].items()
                for code, places in codes.items()
                for place, count in places.items()
            }
        )
    except FileNotFoundError:
        message = f"{path}: does not exist. Create it with --update-baseline."
        raise ConfigError(message) from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ConfigError(f"{path}: is not a baseline. {REWRITE}") from None
