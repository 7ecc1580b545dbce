"""What was found on an earlier day, so that a run tells only of what is new.

A finding is known by its file, its code and its place, where an instance is named by its id: rows
before it may come and go. The file is sorted JSON, to be kept in git beside the tasks.
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
ANEW = "Write it anew with --update-baseline."

Place = tuple[str, str, str]


def recorded(report: Report, path: Path) -> bytes:
    """The text of a baseline at a path with every finding of an uncapped report."""
    findings: dict[str, dict[str, dict[str, int]]] = {}
    for (file, code, place), count in sorted(Counter(_places(report, path)).items()):
        findings.setdefault(file, {}).setdefault(code, {})[place] = count
    document = {"baseline_version": VERSION, "findings": findings}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def beyond(report: Report, path: Path) -> Report:
    """What of an uncapped report the baseline at a path does not have.

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
    """The pointer, with the id of the instance in the place of its index."""
    if not finding.instance:
        return finding.pointer
    rows, _, rest = finding.pointer.lstrip("/").partition("/")
    _, _, inside = rest.partition("/")
    return f"/{rows}/[{finding.instance}]/{inside}".rstrip("/")


def read(path: Path) -> Counter[Place]:
    """How often each finding is known, by the baseline at a path.

    Raises:
        ConfigError: there is none, or it cannot be read.
    """
    try:
        document: Any = json.loads(path.read_bytes().decode())
        if document["baseline_version"] != VERSION:
            raise ConfigError(f"{path}: is a baseline of another release. {ANEW}")
        return Counter(
            {
                (str(file), str(code), str(place)): int(count)
                for file, codes in document["findings"].items()
                for code, places in codes.items()
                for place, count in places.items()
            }
        )
    except FileNotFoundError:
        message = f"{path}: there is no such baseline. Write it with --update-baseline."
        raise ConfigError(message) from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ConfigError(f"{path}: is no baseline of findings. {ANEW}") from None
