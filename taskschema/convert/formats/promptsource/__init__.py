"""Templates of promptsource, applied to the rows of a dataset: each template becomes a task.

A `templates.yaml` names a dataset and has templates in Jinja, each with a name, a reference, answer
choices and metadata. The rows come from `--data`: a file of Parquet, JSON, lines of JSON or
comma-separated values, or a folder in which such a file has the name of the dataset, as
`super_glue/rte.jsonl`. Without it they are looked for beside the templates in the same way. A
template without rows is told and left out.

What a template renders before `|||` is the input of an instance, and what stands after it the
output. As the instruction stands in the input, at no fixed place, the definition only says to
follow it; `--instruction` says it better. Rows that give anything but a prompt and an answer are
left out, as promptsource does. Values longer than 2048 characters are cut, as there, but for
`--config '{"truncate": false}'`. Choices are drawn by `--seed` and the number of the row.

Answer choices that are the same for all rows are the labels of the task; those that come from the
row are scored choices of its instance; either only where each answer is one of them. Accuracy and
ROUGE become metrics of the task. The template with all that it says is kept in
`extras.promptsource`. Templates run in a sandbox, with a limit on what they do.

What is written is a folder for each task, with a file of one template and a JSONL file of rows.
There the key `taskschema` carries what has no place elsewhere, so that nothing of a task is lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.promptsource.answers import finished
from taskschema.convert.formats.promptsource.files import TemplateEntry, TemplateFile, opened
from taskschema.convert.formats.promptsource.own import OWN, chunks, is_ours, task_of
from taskschema.convert.formats.promptsource.templates import CHOICES, TemplatePrompt, sandbox
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
    Piece,
    Problem,
    Sample,
    SourceCounts,
    tasks_in,
)
from taskschema.convert.shared.rows.task_names import TaskNames
from taskschema.convert.shared.rows.tasks_from_rows import ForeignRow, tasks_from_rows
from taskschema.convert.shared.rows.taskschema_column import COLUMN, HEAD_KEYS, read_column
from taskschema.convert.shared.sources.data_rows import SUFFIXES, data_rows
from taskschema.convert.shared.sources.json_files import files_in, label_of
from taskschema.convert.shared.templates.budget import ExhaustedError
from taskschema.convert.shared.templates.sandbox import CodeError, Sandbox, TemplateFault
from taskschema.core.plugin_settings import Setting
from taskschema.core.text.printing import several

FILES = ("templates.yaml", "templates.yml")
CUTS = "truncate"  # in the configuration
PARTS = 2  # of what a template renders: prompt and answer
MOST_EXHAUSTED = 3  # rows that a template may do too much on
LOOKED_AT = 5  # files of a folder
HEAD_BYTES = 1 << 16
CHANGED = (
    "the template is not as it was written, and is applied to the rows like any other. Of what "
    "stands here only canary, licences, sources and provenance are kept."
)


def sniff(sample: Sample) -> bool:
    """Whether there is a file with templates, or a folder with one."""
    if not sample.names:
        return sample.suffix in (".yaml", ".yml") and _is_of_templates(sample.head)
    found = [name for name in sample.names if PurePosixPath(name).name in FILES]
    return any(_is_of_templates(_head(sample.path / name)) for name in found[:LOOKED_AT])


def _is_of_templates(head: str) -> bool:
    return "!Template\n" in head.replace("\r", "") and "templates:" in head


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES).decode(errors="replace")
    except OSError:
        return ""


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """A task for each template that has rows."""
    names, within, told, found = TaskNames(options.name), sandbox(), set[Path](), False
    for path in files_in(source):
        if isinstance(path, Problem):
            yield path
        elif path == source.path or path.name in FILES:
            found = True
            for file in opened(path, label_of(source, path)):
                yield from (
                    [file]
                    if isinstance(file, Problem)
                    else _Reading(source, options, names, within, told, file).pieces()
                )
    if not found:
        message = f"holds no {FILES[0]}. Name a folder with one."
        yield Problem(source.place(), "wrong-shape", message)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file of templates, as it is read."""

    source: ConversionSource
    options: ConvertOptions
    names: TaskNames
    within: Sandbox
    told: set[Path]
    """Files of rows whose faults have been told."""
    file: TemplateFile

    def pieces(self) -> Iterator[Piece]:
        """The tasks of the file, with what is to be told."""
        data = self._data()
        if is_ours(self.file.document) and self.options.data is None:
            if data is None:
                message = (
                    f"has no rows: `{self.file.dataset}.jsonl` is not beside it. Put it there."
                )
                yield Problem(self.file.at("/dataset"), "wrong-shape", message)
            else:
                yield from task_of(self.file.document, data_rows(*data))
            return
        if COLUMN in self.file.document:
            yield Problem(self.file.at(f"/{COLUMN}"), "not-kept", CHANGED, refuses=False)
        for entry in self.file.entries():
            if isinstance(entry, Problem):
                yield entry
                yield SourceCounts(1, 0, 1)
            else:
                yield from self._task(entry, data)

    def _data(self) -> tuple[Path, Path] | None:
        """The file of the rows, and what findings call it."""
        given = self.options.data
        if given is not None and not given.is_dir():
            return given, given
        if not self._is_plain():
            return None
        folder = given or self.file.path.parent
        label = given or self.file.at("").path.parent
        for suffix in SUFFIXES:
            path = folder / f"{self.file.dataset}{suffix}"
            inside = path.resolve().is_relative_to(folder.resolve())
            if inside and path.is_file():
                return path, label / f"{self.file.dataset}{suffix}"
        return None

    def _is_plain(self) -> bool:
        """Whether the name of the dataset leads to no place out of a folder."""
        name = PurePosixPath(self.file.dataset)
        return not name.is_absolute() and ".." not in name.parts and "\0" not in str(name)

    def _task(self, entry: TemplateEntry, data: tuple[Path, Path] | None) -> Iterator[Piece]:
        """What becomes of one template."""
        called = f"template `{entry.name}`"
        cuts = self.options.configuration.get(CUTS, True)
        pointer = f"{entry.place.pointer}/jinja"
        try:
            prompt = TemplatePrompt(self.within, entry.jinja, entry.choices, cuts=cuts)
        except (TemplateFault, ExhaustedError) as error:
            rule = "code-refused" if isinstance(error, CodeError) else "wrong-shape"
            message = f"{called} {error}. Mend it, or leave it out."
            yield Problem(self.file.at(pointer), rule, message)
            yield SourceCounts(1, 0, 1)
            return
        if data is None:
            message = f"{called} has no rows to be applied to. Give --data: the dataset as a file"
            if self._is_plain():
                message += f", or a folder with `{self.file.dataset}.jsonl`"
            yield Problem(entry.place, "not-applicable", f"{message}.")
            yield SourceCounts(1, 0, 1)
            return
        title = f"{self.file.dataset.replace('/', '_')}_{entry.name}"
        key = f"{self.file.path}\n{entry.key}"
        options = replace(self.options, name=self.names.of(title, key), group="collection")
        for piece in tasks_from_rows(self._rows(entry, prompt, data), self.source, options):
            yield finished(piece, self.file, entry, prompt) if isinstance(piece, dict) else piece

    def _rows(
        self, entry: TemplateEntry, prompt: TemplatePrompt, data: tuple[Path, Path]
    ) -> Iterator[ForeignRow | Problem]:
        """What the template makes of each row."""
        called, lacking = f"template `{entry.name}`", False
        exhausted = 0
        is_first = data[0] not in self.told
        self.told.add(data[0])
        head = read_column(self.file.document)
        column = {name: head[name] for name in HEAD_KEYS if name in head}
        for number, row in enumerate(data_rows(*data)):
            if isinstance(row, Problem):
                if is_first:
                    yield row
                continue
            place, values = row
            if not lacking and (names := prompt.lacking(values)):
                lacking = True
                absent = " or ".join(f"`{name}`" for name in names)
                message = (
                    f"{called} uses {absent}, which this row does not have; it is taken as empty. "
                    "Look whether --data is its dataset."
                )
                yield Problem(place, "assumed", message, refuses=False)
            try:
                instance = self._instance(prompt, values, f"{entry.key} {number}")
            except ExhaustedError as error:
                exhausted += 1
                ends = exhausted == MOST_EXHAUSTED
                left = "This row and those after it are" if ends else "This row is"
                message = (
                    f"{called} {error} here. {left} left out. Simplify the template, or shorten "
                    "the row."
                )
                yield Problem(place, "wrong-shape", message)
                if ends:
                    return
                continue
            except CodeError as error:
                message = (
                    f"{called}: {error}. Templates only use the values of their rows. This row "
                    "and those after it are left out."
                )
                yield Problem(place, "code-refused", message)
                return
            except TemplateFault as error:
                message = f"{called} fails on this row: {error}. Mend the template or the row."
                yield Problem(place, "wrong-shape", message)
                continue
            if isinstance(instance, str):
                message = f"{called} gives {instance}. The row is left out, which may be meant so."
                yield Problem(place, "not-applicable", message)
            else:
                yield ForeignRow(place=place, instruction="", instance=instance, column=column)

    def _instance(self, prompt: TemplatePrompt, values: Document, key: str) -> Document | str:
        """The instance of a row; in words what there is, where that is none."""
        if CHOICES in values:
            raise TemplateFault(f"its column `{CHOICES}` has the name of the list of answers")
        parts, choices = prompt.applied(values, f"{self.options.seed} {key}")
        if len(parts) != PARTS:
            return f"{several(len(parts), 'part')} round `|||`, not a prompt and an answer"
        if not parts[0] or not parts[1]:
            return "no prompt" if parts[1] else "no answer"
        instance: Document = {"input": parts[0], "output": parts[1:]}
        if choices and not prompt.fixed:
            instance["extras"] = {OWN: {CHOICES: choices}}
        column = self.options.id_column
        if column and isinstance(values.get(column), (str, int)):
            instance["source_id"] = str(values[column])
        return instance


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """A folder for each task."""
    for task in tasks_in(items):
        yield from chunks(task, options)


FORMAT = Format(
    title="Templates of promptsource (templates.yaml), applied to a dataset",
    sniff=sniff,
    read=read,
    write=write,
    reads="folder",
    takes=frozenset({"data", "id_column", "seed"}),
    settings={CUTS: Setting(bool, "whether inputs are cut as the original does")},
)
