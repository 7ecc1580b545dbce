"""Write the expected files of foreign fixtures from the actual output; review them.

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
        if result.findings:
            told.write_text("".join(f"{line}\n" for line in result.findings), encoding="utf-8")
        sys.stdout.write(f"{given}: {len(result.files)} files, {len(result.findings)} findings\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
