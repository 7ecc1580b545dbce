"""Workers give what one process gives."""

from pathlib import Path

import pytest

from taskschema import check
from taskschema.core.parallel import workers


def test_many_processes_find_what_one_finds(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH_IT", 10**12)
    alone = check(corpus)
    monkeypatch.setattr(workers, "WORTH_IT", 0)
    monkeypatch.setattr(workers, "LARGE", 3_000_000)
    assert check(corpus) == alone


def test_a_file_that_vanishes_counts_as_empty(tmp_path: Path) -> None:
    assert list(workers.LOCAL.each(str, [tmp_path / "gone.json"])) == [str(tmp_path / "gone.json")]
