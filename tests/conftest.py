"""Fixtures are files: a case is added by dropping one into a folder."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.checkout import SHARED

# A machine that does other work too takes longer for an example, and that is no failure.
settings.register_profile(
    "busy", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("busy")

os.environ["COLUMNS"] = "100"  # what commands say is laid out alike wherever the tests run


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real task files beside the checkout; tests that use them skip where there are none."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("there is no ../shared/corpus")
    return folder
