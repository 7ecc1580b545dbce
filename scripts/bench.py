"""Measure this project against its yardsticks: ratios, in one run, of whole processes.

    python scripts/bench.py [--data FOLDER] [--rounds N] [--only ROW]

Seconds differ from machine to machine, ratios hardly: so each row times our command and its
yardstick in turn (A B A B ...), wall time with the interpreter's start, after one warm-up of
each, and gives the median of the ratios of the pairs. The rows:

- check: `taskschema check`, without anything kept from an earlier run, and `plain_gate.py`, over
  the same files;
- linear: the same, and the gate with its one quadratic line mended (no target, for comparison);
- upstream: the same, and the gate with the outputs counted as the original does (no target);
- rules: the same, and `plain_rules.py` over the same files, which looks for what our rules do;
- warm: `taskschema check` where nothing changed since it last ran, and `taskschema --version`;
- changed: the same where one file of some 200 changed;
- export: `taskschema export huggingface` and `plain_export.py`, which writes the same rows; below
  it, what the two take on disk, in MB: our whole folder and the one file of the other;
- memory: the most that all processes of an export hold together, in MB, with the tasks six times
  over and, as the yardstick, once: it should be small, and the same;
- help: `taskschema --help` and an interpreter that only imports typer;
- convert: `taskschema convert` of made-up rows of Alpaca and of messages, a line each and 2 GB of
  them (`--stream MB` for another size), by its greatest memory and beside a plain loop that parses
  each line and writes it again. Only where it is asked for, as it takes minutes.

Every run gets a fresh copy of the data in a folder of its own and an empty cache folder, so that
none profits from an earlier one; but for the rows warm and changed, whose figure is a difference
in seconds and not a ratio, over at least 200 files. A ratio that falls short is reported and
nothing more; the exit code is 1 only where a command could not be run at all.
"""

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
TASKS, OUT = "{tasks}", "{out}"  # in a command: a copy of the data, a folder that is not there yet
ROWS = ["check", "linear", "upstream", "rules", "warm", "changed", "export", "memory", "help"]
ASKED = ["convert"]  # rows that take minutes
STREAMED = ("alpaca", "messages")
MOST_MEMORY = 500  # MB
PLAIN_LOOP = "import json,sys\nfor line in open(sys.argv[1]): print(json.dumps(json.loads(line)))"
MOST_OF_EXPORT = 1_074  # MB of memory, a GiB
TIMES_OVER = 6  # how often the tasks are there for the row memory
FLAT = 1.25  # of memory: how much more that may be than with the tasks once
BETWEEN_LOOKS = 0.05  # seconds from one look at what processes hold to the next
MANY = 200  # files of the rows that an earlier run helps
URL_SHARE = 0.002  # of the inputs of a made-up corpus
LAYOUT = "{:8}{:>10}{:>13}{:>9}{:>17}  {:<17}{}"


class CannotRunError(Exception):
    """A command of a row failed, which is no measurement."""


@dataclass(frozen=True)
class Row:
    """Two commands to compare, and how their times should relate.

    The ratio is how many times as fast as the yardstick we are, and should be at least `target`;
    with `slower` it is how many times as long we take, and should be at most `target`.
    """

    name: str
    ours: Sequence[str]
    yardstick: Sequence[str]
    target: float
    slower: bool = False

    def ratio(self, ours: float, yardstick: float) -> float:
        """Relate the seconds of one pair."""
        return ours / yardstick if self.slower else yardstick / ours


@dataclass
class Times:
    """What was measured for a row, in seconds, and the last line the two commands printed."""

    ours: list[float] = field(default_factory=list)
    yardstick: list[float] = field(default_factory=list)
    said: tuple[str, str] = ("", "")


def run(
    command: Sequence[str], data: Path, out: Path | None = None, keep: Path | None = None
) -> tuple[float, str]:
    """Run a command once, in a fresh folder: the seconds it took and the last line it printed.

    `keep` is a folder whose cache an earlier run has filled.

    Raises:
        CannotRunError: the command ended with a traceback, or with another code than 0
            (clean) or 1 (findings).
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        tasks, cache = Path(scratch, "tasks"), Path(keep or scratch, "cache")
        out = out or Path(scratch, "out")
        if TASKS in command:
            tasks.mkdir()
            for path in sorted(data.glob("*.json")):
                shutil.copyfile(path, tasks / path.name)
        filled = [part.replace(TASKS, str(tasks)).replace(OUT, str(out)) for part in command]
        environment = os.environ | {"XDG_CACHE_HOME": str(cache), "HF_HOME": str(cache / "hf")}
        # Installed packages are compiled; so is ours, at the warm-up, unless this forbids it.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment.pop("TASKSCHEMA_CACHE", None)
        start = time.perf_counter()
        done = subprocess.run(
            filled, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        seconds = time.perf_counter() - start
    crashed = "Traceback (most recent call last)" in done.stderr or "No module" in done.stderr
    if done.returncode not in {0, 1} or crashed:
        reason = (done.stderr.strip() or "nothing on stderr").splitlines()[-1]
        raise CannotRunError(f"{' '.join(command)}: exit code {done.returncode}: {reason}")
    return seconds, (done.stdout.strip() or "nothing").splitlines()[-1].strip()


def measure(row: Row, data: Path, rounds: int) -> Times:
    """Run both commands of a row in turn, once to warm up and then `rounds` times."""
    times = Times()
    for number in range(rounds + 1):
        ours, our_word = run(row.ours, data)
        yardstick, its_word = run(row.yardstick, data)
        times.said = (our_word, its_word)
        if number:
            times.ours.append(ours)
            times.yardstick.append(yardstick)
    return times


def describe(row: Row, times: Times) -> str:
    """Write one line of the table."""
    ratios = [row.ratio(*pair) for pair in zip(times.ours, times.yardstick, strict=True)]
    ratio = statistics.median(ratios)
    met = ratio <= row.target if row.slower else ratio >= row.target
    return LAYOUT.format(
        row.name,
        f"{statistics.median(times.ours):.3f}",
        f"{statistics.median(times.yardstick):.3f}",
        f"{ratio:.2f}x",
        f"{min(ratios):.2f} to {max(ratios):.2f}",
        f"  {'at most' if row.slower else 'at least'} {row.target:g}x",
        "ok" if met else "short",
    )


def check_row(module: str) -> Row:
    ours = [sys.executable, "-m", module, "check", TASKS]
    return Row("check", ours, [sys.executable, str(ROOT / "scripts/plain_gate.py"), TASKS], 5)


def linear_row(module: str) -> Row:
    row = check_row(module)
    return replace(row, name="linear", yardstick=[*row.yardstick, "--linear"], target=0)


def upstream_row(module: str) -> Row:
    row = check_row(module)
    return replace(row, name="upstream", yardstick=[*row.yardstick, "--numpy"], target=0)


def rules_row(module: str) -> Row:
    script = str(ROOT / "scripts/plain_rules.py")
    return replace(
        check_row(module), name="rules", yardstick=[sys.executable, script, TASKS], target=15
    )


def help_row(module: str) -> Row:
    ours = [sys.executable, "-m", module, "--help"]
    return Row("help", ours, [sys.executable, "-c", "import typer"], 2, slower=True)


def export_row(module: str, data: Path, kept: Path) -> Row:
    """Export once into `kept`, so that the yardstick can take the columns from there."""
    ours = [sys.executable, "-m", module, "export", "huggingface", OUT, "--collection", TASKS]
    run(ours, data, kept)
    written = sorted(kept.rglob("*.parquet"), key=lambda path: path.stat().st_size)
    if not written:
        raise CannotRunError(f"{' '.join(ours)}: wrote no Parquet file")
    script = str(ROOT / "scripts/plain_export.py")
    return Row("export", ours, [sys.executable, script, TASKS, OUT, str(written[-1])], 4)


def measure_size(row: Row, data: Path, kept: Path) -> str:
    """Compare what an export and its yardstick take on disk: a line of the table."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        plain = Path(scratch, "out")
        run(row.yardstick, data, plain)
        ours, yardstick = (
            sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            for folder in (kept, plain)
        )
    return LAYOUT.format(
        "size",
        f"{ours / 1e6:.1f}",
        f"{yardstick / 1e6:.1f}",
        f"{ours / yardstick:.2f}x",
        "MB on disk",
        "  at most 1x",
        "ok" if ours <= yardstick else "short",
    )


def measure_memory(module: str, data: Path) -> str:
    """Export the tasks once and several times over: the most memory of both, as a line."""
    once, several = (peak_of_export(module, data, times) for times in (1, TIMES_OVER))
    return LAYOUT.format(
        "memory",
        f"{several:.0f}",
        f"{once:.0f}",
        f"{several / once:.2f}x",
        f"MB, {TIMES_OVER}x and 1x",
        f"  {MOST_OF_EXPORT} MB, {FLAT:g}x",
        "ok" if several <= MOST_OF_EXPORT and several / once <= FLAT else "short",
    )


def peak_of_export(module: str, data: Path, times: int) -> float:
    """Export the data so many times over: the most MB that all its processes held together.

    Pages that processes share count for each of them.

    Raises:
        CannotRunError: the export failed.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        tasks = Path(scratch, "tasks")
        tasks.mkdir()
        for number in range(times):
            for path in sorted(data.glob("*.json")):
                shutil.copyfile(path, tasks / f"{path.stem}_{number}.json")
        command = [sys.executable, "-m", module, "export", "huggingface", f"{scratch}/out"]
        command += ["--collection", str(tasks)]
        export = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        most = 0
        while export.poll() is None:
            most = max(most, held_by(export.pid))
            time.sleep(BETWEEN_LOOKS)
    if export.returncode:
        raise CannotRunError(f"{' '.join(command)}: exit code {export.returncode}")
    return most * 1_024 / 1e6


def held_by(process: int) -> int:
    """The memory that a process and all that it started hold now, in units of 1,024 bytes."""
    said = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, encoding="utf-8", check=True
    )
    held, parents = {}, {}
    for line in said.stdout.splitlines():
        pid, parent, size = map(int, line.split())
        held[pid], parents[pid] = size, parent
    family = {process}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(held.get(pid, 0) for pid in family)


def measure_kept(name: str, module: str, data: Path, rounds: int, target: float) -> str:
    """Measure a row that an earlier run helps, in one folder with one cache: a line of the table.

    The files are the data, as often as it takes for `MANY` of them.
    """
    ours, version = [], []
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        tasks = Path(scratch, "tasks")
        tasks.mkdir()
        paths = sorted(data.glob("*.json"))
        for number in range(-(-MANY // len(paths))):
            for path in paths:
                shutil.copyfile(path, tasks / f"{path.stem}_{number}.json")
        first = tasks / f"{paths[0].stem}_0.json"
        texts = [first.read_bytes(), first.read_bytes().replace(b": [", b": [ ", 1)]
        check = [sys.executable, "-m", module, "check", str(tasks)]
        for number in range(rounds + 1):
            if name == "changed":
                first.write_bytes(texts[number % 2])
            time.sleep(0.1)  # what was written a moment ago is read again, to be sure
            seconds, _ = run(check, data, keep=Path(scratch))
            if number == 0 or name == "warm":
                seconds, _ = run(check, data, keep=Path(scratch))
            if number:
                ours.append(seconds)
                version.append(run([sys.executable, "-m", module, "--version"], data)[0])
    above = statistics.median(mine - its for mine, its in zip(ours, version, strict=True))
    return LAYOUT.format(
        name,
        f"{statistics.median(ours):.3f}",
        f"{statistics.median(version):.3f}",
        f"+{above:.2f}s",
        f"{min(ours):.3f} to {max(ours):.3f}",
        f"  at most +{target:g}s",
        "ok" if above <= target else "short",
    )


def measure_streaming(kind: str, module: str, size: int) -> str:
    """Convert so many bytes of made-up rows: seconds and the greatest memory, as a line."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        rows, out = Path(scratch, "rows.jsonl"), Path(scratch, "out")
        write_rows(rows, kind, size)
        command = [sys.executable, "-m", module, "convert", str(rows), f"{out}/"]
        start = time.perf_counter()
        done = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(done.pid, 0)
        seconds = time.perf_counter() - start
        if status:
            raise CannotRunError(f"{' '.join(command)}: wait status {status}")
        start = time.perf_counter()
        with Path(scratch, "plain.jsonl").open("wb") as plain:
            subprocess.run([sys.executable, "-c", PLAIN_LOOP, str(rows)], stdout=plain, check=True)
        yardstick = time.perf_counter() - start
    memory = used.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
    return LAYOUT.format(
        kind,
        f"{seconds:.1f}",
        f"{yardstick:.1f}",
        f"{yardstick / seconds:.2f}x",
        f"{memory:.0f} MB memory",
        f"  at most {MOST_MEMORY} MB",
        "ok" if memory <= MOST_MEMORY else "short",
    )


def write_rows(path: Path, kind: str, size: int, seed: int = 0) -> None:
    """Fill a file with made-up rows, a line each, until it holds `size` bytes."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=5)) for _ in range(3000)]
    instructions = [" ".join(rng.choices(words, k=12)) for _ in range(20_000)]
    written = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            parts = [rng.choice(instructions)]
            parts += [" ".join(rng.choices(words, k=count)) for count in (30, 40)]
            row: dict[str, Any]
            if kind == "alpaca":
                row = dict(zip(("instruction", "input", "output"), parts, strict=True))
            else:
                roles = zip(("system", "user", "assistant"), parts, strict=True)
                row = {"messages": [{"role": role, "content": text} for role, text in roles]}
            written += file.write(json.dumps(row) + "\n")


def count_rows(folder: Path) -> int:
    """Count the rows an export wrote: those of its largest file and of the files beside it."""
    import pyarrow.parquet as pq

    largest = max(folder.rglob("*.parquet"), key=lambda path: path.stat().st_size)
    return sum(pq.read_metadata(path).num_rows for path in largest.parent.glob("*.parquet"))


def synthetic_task(number: int, rng: random.Random, words: list[str]) -> dict[str, Any]:
    """Make up one task of Super-NaturalInstructions' shape, clean but for a few URLs."""

    def text(mean: int) -> str:
        length = rng.randint(mean // 2 + 1, mean * 3 // 2 + 1)
        return " ".join(rng.choices(words, k=length)).capitalize()

    def outputs() -> list[str]:
        if labels:
            return [rng.choice(labels)]
        return [text(output_words) for _ in range(rng.randint(1, alternatives))]

    labels = [text(1) for _ in range(rng.choice([2, 3, 4]))] if number % 4 == 0 else []
    input_words, output_words = rng.choice([(3, 2), (10, 8), (20, 8), (30, 3), (80, 8), (150, 10)])
    alternatives = rng.choice([1, 1, 1, 2, 4])
    instances = []
    for row in range(rng.choice([100, 200, 500, 1000, 2000, 3000, 6500])):
        ident = f"task{number}-{rng.getrandbits(128):032x}"
        link = "https://example.org/ " if rng.random() < URL_SHARE else ""
        question = f"{text(input_words)} {link}{row}"
        instances.append({"id": ident, "input": question, "output": outputs()})
    examples = [
        {"input": text(input_words), "output": text(output_words), "explanation": text(15)}
        for _ in range(5)
    ]
    return {
        "Contributors": ["Nobody"],
        "Source": ["synthetic"],
        "URL": ["https://example.org/"],
        "Categories": ["Question Answering"],
        "Reasoning": [],
        "Definition": [text(40)],
        "Input_language": ["English"],
        "Output_language": ["English"],
        "Instruction_language": ["English"],
        "Domains": ["Wikipedia"],
        "Positive Examples": examples[:3],
        "Negative Examples": examples[3:],
        "Instances": instances,
        "Instance License": ["CC0"],
    }


def write_synthetic(folder: Path, size: int, seed: int = 0) -> None:
    """Fill a folder with made-up v2 task files, until they hold `size` bytes."""
    rng = random.Random(seed)
    written = number = 0
    while written < size:
        number += 1
        letters = "abcdefghijklmnopqrstuvwxyz" + "éüñø" * (number % 2)
        words = ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(3000)]
        document = json.dumps(synthetic_task(number, rng, words), indent=4, ensure_ascii=False)
        path = folder / f"task{number:03}_synthetic_generation.json"
        written += path.write_bytes(document.encode())


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure ratios of speed to plain yardsticks.")
    parser.add_argument(
        "--data",
        type=Path,
        help="a folder of schema v2 task files, the only version the plain gate reads "
        "(default: ../shared/corpus, else a made-up corpus of 40 MB)",
    )
    parser.add_argument("--rounds", type=int, default=3, help="measured runs of each command")
    parser.add_argument("--only", action="append", choices=ROWS + ASKED)
    parser.add_argument("--stream", type=int, default=2_000, metavar="MB")
    parser.add_argument("--module", default="taskschema", help="a stand-in, to try the harness")
    parser.add_argument("--made-up", type=int, metavar="MB", help="use a made-up corpus this big")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        kept, data = Path(scratch, "export"), options.data
        if not data and not options.made_up and any(CORPUS.glob("*.json")):
            data = CORPUS
        label = str(data)
        if not data:
            data = Path(scratch, "corpus")
            data.mkdir()
            write_synthetic(data, (options.made_up or 40) * 1_000_000)
            label = "made-up corpus, seed 0"
        sizes = [path.stat().st_size for path in data.glob("*.json")]
        if not sizes:
            parser.error(f"no *.json file in {data}")
        print(f"data: {label}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")
        print(f"machine: {os.cpu_count()} cores, Python {platform.python_version()}")
        print(f"rounds: {options.rounds}, medians; a fresh folder and an empty cache for each run")
        print(LAYOUT.format("row", "ours s", "yardstick s", "ratio", "range", "  target", ""))
        return measure_rows(options, data, kept)


def measure_rows(options: argparse.Namespace, data: Path, kept: Path) -> int:
    """Measure and print the rows that are wanted: 1 where one could not be run, else 0."""
    code = 0
    makers = {
        "check": check_row,
        "linear": linear_row,
        "upstream": upstream_row,
        "rules": rules_row,
        "help": help_row,
    }
    kept_targets = {"warm": 0.15, "changed": 0.3}
    for name in options.only or ROWS:
        try:
            if name == "convert":
                for kind in STREAMED:
                    print(measure_streaming(kind, options.module, options.stream * 1_000_000))
                continue
            if name in kept_targets:
                target = kept_targets[name]
                print(measure_kept(name, options.module, data, options.rounds, target), flush=True)
                continue
            if name == "memory":
                print(measure_memory(options.module, data), flush=True)
                continue
            if name == "export":
                row = export_row(options.module, data, kept)
            else:
                row = makers[name](options.module)
            times = measure(row, data, options.rounds)
        except CannotRunError as error:
            code = 1
            print(f"{name:8}could not run: {error}")
            continue
        print(describe(row, times), flush=True)
        if name in makers and name != "help":
            print(f"{'':8}ours: {times.said[0]}; yardstick: {times.said[1]}")
        elif name == "export":
            print(f"{'':8}ours: {count_rows(kept)} rows; yardstick: {times.said[1]}")
            print(measure_size(row, data, kept), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
