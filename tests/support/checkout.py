"""Where the checkout is, and the material beside it."""

from pathlib import Path

__all__ = ["DATA", "ROOT", "SHARED"]

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared"
