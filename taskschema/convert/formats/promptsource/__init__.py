"""promptsource templates, applied to the rows of a dataset: one task per template.

A `templates.yaml` names a dataset and holds templates in Jinja, each with a name, a reference,
answer choices and metadata. The rows come from `--data`: a file (Parquet, JSON, JSON Lines or CSV),
or a folder with such a file named after the dataset, such as `super_glue/rte.jsonl`. Without
`--data`, that file is searched next to the templates. A template without rows is reported and
skipped.

The text that a template renders before `|||` is the input of an instance, the text after it the
output. The instruction is part of the input, at no fixed place, so the definition is a generic one;
give a better one with `--instruction`. Rows that render anything but a prompt and an answer are
skipped, as in promptsource. Values longer than 2048 characters are truncated, as in promptsource;
`--config '{"truncate": false}'` keeps them whole. Random choices are seeded by `--seed` and the
number of the row.

Answer choices that are the same for all rows become the labels of the task. Choices that depend on
the row become scored choices of its instance. Both require that every answer is one of the choices.
Accuracy and ROUGE become metrics of the task. The template with all its fields is kept in
`extras.promptsource`. Templates run in a sandbox with resource limits.

Written: one folder per task, with a `templates.yaml` of one template and a JSONL file of rows.
Everything else is in the key `taskschema`, so nothing of a task is lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.promptsource.answer_formats import with_answer_format
from taskschema.convert.formats.promptsource.round_trip import OWN, is_ours, task_of, written_files
from taskschema.convert.formats.promptsource.template_files import (
    TemplateEntry,
    TemplateFile,
    read_template_file,
)
from taskschema.convert.formats.promptsource.templates import CHOICES, TemplatePrompt, sandbox
from taskschema.convert.pieces import (
    Chunk,
    ConversionSource,
    Document,
    Item,
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
CUTS = "truncate"  # a key of --config
PARTS = 2  # of a rendered template: prompt and answer
MOST_EXHAUSTED = 3  # rows on which a template may exceed its limits
SNIFFED_FILES = 5  # files of a folder
HEAD_BYTES = 1 << 16
CHANGED = (
    "the template was edited, so it is applied to the rows like any other. Of this key, only "
    "canary, licenses, sources and provenance are kept."
)


def sniff(sample: Sample) -> bool:
    """Return whether the source is a file of templates, or a folder with one."""
    if not sample.names:
        return sample.suffix in (".yaml", ".yml") and _is_of_templates(sample.head)
    found = [name for name in sample.names if PurePosixPath(name).name in FILES]
    return any(_is_of_templates(_head(sample.path / name)) for name in found[:SNIFFED_FILES])


def _is_of_templates(head: str) -> bool:
    return "!Template\n" in head.replace("\r", "") and "templates:" in head


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES).decode(errors="replace")
    except OSError:
        return ""


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield one task per template that has rows."""
    names = TaskNames(options.name)
    within = sandbox()
    reported: set[Path] = set()
    found = False
    for path in files_in(source):
        if isinstance(path, Problem):
            yield path
            continue
        if path != source.path and path.name not in FILES:
            continue
        found = True
        for file in read_template_file(path, label_of(source, path)):
            if isinstance(file, Problem):
                yield file
            else:
                yield from _Reading(source, options, names, within, reported, file).pieces()
    if not found:
        message = f"has no {FILES[0]}. Name a folder with one."
        yield Problem(source.place(), "wrong-shape", message)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The reader of one file of templates."""

    source: ConversionSource
    options: ConvertOptions
    names: TaskNames
    within: Sandbox
    reported: set[Path]
    """Files of rows whose problems have been reported."""
    file: TemplateFile

    def pieces(self) -> Iterator[Piece]:
        """Yield the tasks and problems of the file."""
        data = self._data()
        if is_ours(self.file.document) and self.options.data is None:
            if data is None:
                message = (
                    f"has no rows: `{self.file.dataset}.jsonl` is not next to it. Add that file."
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
        """Return the file of the rows and the path that findings show."""
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
        """Return whether the name of the dataset, as a path, stays inside a folder."""
        name = PurePosixPath(self.file.dataset)
        return not name.is_absolute() and ".." not in name.parts and "\0" not in str(name)

    def _task(self, entry: TemplateEntry, data: tuple[Path, Path] | None) -> Iterator[Piece]:
        """Yield the task of one template, and its problems."""
        title = f"template `{entry.name}`"
        cuts = self.options.configuration.get(CUTS, True)
        pointer = f"{entry.place.pointer}/jinja"
        try:
            prompt = TemplatePrompt(self.within, entry.jinja, entry.choices, cuts=cuts)
        except (TemplateFault, ExhaustedError) as error:
            rule = "code-refused" if isinstance(error, CodeError) else "wrong-shape"
            message = f"{title} {error}. Fix it or remove it."
            yield Problem(self.file.at(pointer), rule, message)
            yield SourceCounts(1, 0, 1)
            return
        if data is None:
            message = f"{title} has no rows. Give --data with the dataset as a file"
            if self._is_plain():
                message += f", or a folder with `{self.file.dataset}.jsonl`"
            yield Problem(entry.place, "not-applicable", f"{message}.")
            yield SourceCounts(1, 0, 1)
            return
        words = f"{self.file.dataset.replace('/', '_')}_{entry.name}"
        name = self.names.of(words, f"{self.file.path}\n{entry.key}")
        options = replace(self.options, name=name, group="collection")
        for piece in tasks_from_rows(self._rows(entry, prompt, data), self.source, options):
            if isinstance(piece, dict):
                yield with_answer_format(piece, self.file, entry, prompt)
            else:
                yield piece

    def _rows(
        self, entry: TemplateEntry, prompt: TemplatePrompt, data: tuple[Path, Path]
    ) -> Iterator[ForeignRow | Problem]:
        """Yield an instance per row, or its problem."""
        title = f"template `{entry.name}`"
        is_lack_reported = False
        exhausted = 0
        is_first = data[0] not in self.reported
        self.reported.add(data[0])
        head = read_column(self.file.document)
        column = {name: head[name] for name in HEAD_KEYS if name in head}
        for number, row in enumerate(data_rows(*data)):
            if isinstance(row, Problem):
                if is_first:
                    yield row
                continue
            place, values = row
            if not is_lack_reported and (names := prompt.lacking(values)):
                is_lack_reported = True
                absent = " or ".join(f"`{name}`" for name in names)
                message = (
                    f"{title} uses {absent}, which this row does not have; it is treated as empty. "
                    "Check that --data is the dataset of the template."
                )
                yield Problem(place, "assumed", message, refuses=False)
            try:
                instance = self._instance(prompt, values, f"{entry.key} {number}")
            except ExhaustedError as error:
                exhausted += 1
                ends = exhausted == MOST_EXHAUSTED
                skipped = "This row and all after it are" if ends else "This row is"
                message = (
                    f"{title} {error} here. {skipped} skipped. Simplify the template or shorten "
                    "the row."
                )
                yield Problem(place, "wrong-shape", message)
                if ends:
                    return
                continue
            except CodeError as error:
                message = (
                    f"{title}: {error}. Templates may only use the values of their rows. This row "
                    "and all after it are skipped."
                )
                yield Problem(place, "code-refused", message)
                return
            except TemplateFault as error:
                message = f"{title} fails on this row: {error}. Fix the template or the row."
                yield Problem(place, "wrong-shape", message)
                continue
            if isinstance(instance, str):
                message = f"{title} gives {instance}. The row is skipped, which may be intended."
                yield Problem(place, "not-applicable", message)
            else:
                yield ForeignRow(place=place, instruction="", instance=instance, column=column)

    def _instance(self, prompt: TemplatePrompt, values: Document, key: str) -> Document | str:
        """Return the instance of a row; if it makes none, a phrase for what it makes instead.

        Raises:
            TemplateFault: the template fails on the row.
            ExhaustedError: the template exceeds its limits.
        """
        if CHOICES in values:
            raise TemplateFault(f"its column `{CHOICES}` has the name of the list of choices")
        parts, choices = prompt.applied(values, f"{self.options.seed} {key}")
        if len(parts) != PARTS:
            return f"{several(len(parts), 'part')} split at `|||`, not a prompt and an answer"
        if not parts[0] or not parts[1]:
            return "no prompt" if parts[1] else "no answer"
        instance: Document = {"input": parts[0], "output": parts[1:]}
        if choices and not prompt.fixed:
            instance["extras"] = {OWN: {CHOICES: choices}}
        column = self.options.id_column
        if column and isinstance(values.get(column), (str, int)):
            instance["source_id"] = str(values[column])
        return instance


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one folder per task."""
    for task in tasks_in(items):
        yield from written_files(task, options)


FORMAT = Format(
    title="promptsource templates (templates.yaml), applied to a dataset",
    sniff=sniff,
    read=read,
    write=write,
    reads="folder",
    takes=frozenset({"data", "id_column", "seed"}),
    settings={CUTS: Setting(bool, "truncate long values, as promptsource does")},
)
