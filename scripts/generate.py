"""Write the generated tasks: run `scripts/generators/NAME.py`, write `tasks/NAME.json`.

A generator has a function `build`, which returns the task. One whose task has attachments has a
function `files` as well: their bytes by file name, written to `tasks/NAME/`.

    python scripts/generate.py [--check] [NAME ...]

Without names every generator runs. With --check nothing is written: the files that differ from what
their generator makes are named, and the exit code is 1 if there are any.
"""

import argparse
import importlib.util
import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent
ROOT = SCRIPTS.parent
TASKS = ROOT / "tasks"
sys.path[:0] = [str(ROOT), str(SCRIPTS)]

from taskschema.schema import canonical  # noqa: E402
from taskschema.schema.versions import NEWEST  # noqa: E402


def built(path: Path) -> dict[Path, bytes]:
    """Return what the generator at `path` makes, by path below the folder of tasks."""
    spec = importlib.util.spec_from_file_location(f"generators_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = {Path(f"{path.stem}.json"): canonical.dumps(module.build(), NEWEST)}
    if hasattr(module, "files"):
        made |= {Path(path.stem, name): data for name, data in module.files().items()}
    return made


def strays(name: str, made: dict[Path, bytes]) -> list[Path]:
    """Return the files beside a generated task that its generator does not make."""
    there = (path.relative_to(TASKS) for path in sorted((TASKS / name).rglob("*")))
    return [path for path in there if path not in made]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", metavar="NAME", help="generators to run; default all")
    parser.add_argument("--check", action="store_true", help="write nothing, name stale files")
    options = parser.parse_args()

    known = {path.stem: path for path in sorted((SCRIPTS / "generators").glob("*.py"))}
    unknown = [name for name in options.names if name not in known]
    if unknown:
        parser.error(
            f"no generator of that name: {', '.join(unknown)}; there are {', '.join(known)}"
        )

    stale = 0
    for name in options.names or known:
        made = built(known[name])
        for path, content in made.items():
            target = TASKS / path
            if target.is_file() and target.read_bytes() == content:
                continue
            stale += 1
            print(f"{'stale' if options.check else 'wrote'}: tasks/{path.as_posix()}")
            if not options.check:
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(content)
        for path in strays(name, made):
            stale += 1
            print(f"{'stray' if options.check else 'removed'}: tasks/{path.as_posix()}")
            if not options.check:
                (TASKS / path).unlink()
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
