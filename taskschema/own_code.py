"""Which code this is: two processes that run the same one give the same results."""

from functools import cache
from hashlib import sha256
from pathlib import Path

__all__ = ["own_code"]


@cache
def own_code() -> str:
    """A digest of the source files of this package; of its path alone where there are none."""
    here = Path(__file__).parent
    digest = sha256()
    for path in sorted(here.rglob("*.py")):
        digest.update(f"{path.relative_to(here).as_posix()} {path.stat().st_size} ".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
