"""One-line summary of the findings of `check` for one task, as Markdown."""

from pathlib import Path

from taskschema.collection.collection import Collection
from taskschema.core.findings import Severity
from taskschema.core.storage.atomic_files import identity
from taskschema.core.text.printing import several
from taskschema.gate.check import CheckOptions, check_collection

__all__ = ["check_summary"]


def check_summary(path: Path, collection: Collection) -> str:
    """Return the counts of findings in a file, including those of rules on the collection."""
    report = check_collection(collection, CheckOptions(changed=frozenset({identity(path)}), most=1))
    if not report.tallies:
        return "`taskschema check`: nothing found."
    sums = {
        severity: sum(
            count for tally, count in report.tallies.items() if tally.severity is severity
        )
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    amounts = ", ".join(several(count, str(kind)) for kind, count in sums.items() if count)
    codes = ", ".join(
        f"`{code}`" + (f" ({count:,} times)" if count > 1 else "")
        for code, count in sorted(report.counts.items())
    )
    return f"`taskschema check`: {amounts}: {codes}."
