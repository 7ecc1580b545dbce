"""Workers give the same results as one process."""

from pathlib import Path

import pytest

from taskschema import check
from taskschema.core.parallel import workers


def test_many_processes_report_as_one_does(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH_IT", 10**12)
    alone = check(corpus)
    monkeypatch.setattr(workers, "WORTH_IT", 0)
    monkeypatch.setattr(workers, "LARGE", 3_000_000)
    assert check(corpus) == alone


def test_a_deleted_file_counts_as_empty(tmp_path: Path) -> None:
    assert list(workers.LOCAL.each(str, [tmp_path / "gone.json"])) == [str(tmp_path / "gone.json")]
