"""Write what is expected of foreign fixtures from what comes out: look at it before you commit.

python tests/support/expect.py tests/data/foreign/alpaca/usual ...
"""

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from support import foreign


def main() -> int:
    for given in sys.argv[1:]:
        case = Path(given).resolve()
        with tempfile.TemporaryDirectory() as scratch:
            result = foreign.result(case, Path(scratch, "tasks"))
        shutil.rmtree(case / "expected", ignore_errors=True)
        for path, raw in result.files.items():
            file = case / "expected" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        told = case / "told.txt"
        told.unlink(missing_ok=True)
        if result.told:
            told.write_text("".join(f"{line}\n" for line in result.told), encoding="utf-8")
        sys.stdout.write(f"{given}: {len(result.files)} files, {len(result.told)} findings\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
