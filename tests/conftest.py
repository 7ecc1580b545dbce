"""Fixtures are files: a case is added by dropping one into a folder."""

import os
from pathlib import Path

import pytest
from support.checkout import SHARED

os.environ["COLUMNS"] = "100"  # what commands say is laid out alike wherever the tests run


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real task files beside the checkout; tests that use them skip where there are none."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("there is no ../shared/corpus")
    return folder
