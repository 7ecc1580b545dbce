"""`taskschema push`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.shared.choices import here


def push(
    out: Annotated[
        str,
        typer.Argument(metavar="OUT", callback=here, help="An exported folder."),
    ],
    repo_id: Annotated[
        str,
        typer.Argument(
            metavar="REPO_ID", help="The dataset repository, OWNER/NAME; created if missing."
        ),
    ],
    *,
    revision: Annotated[
        str | None, typer.Option(metavar="TAG", help="Tag the commit, e.g. v1.0.")
    ] = None,
    message: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="The commit message [the numbers of tasks and instances]."
        ),
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Create a new repository as private.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="List the change to each file; change nothing."),
    ] = False,
    endpoint: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The URL of the hub [HF_ENDPOINT, or huggingface.co]."),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A file with the token [HF_TOKEN, or `hf auth login`]."),
    ] = None,
) -> None:
    """Push an exported folder to a dataset repository, in one commit.

    Compares every file with the manifest of the export first. Deletes files of an earlier export
    that are not in this one, and keeps files that no export wrote. After an interruption, push
    again: uploaded files are not sent twice.

    Example: taskschema push build/dataset my-team/my-tasks --revision v1.0
    """
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415
    from taskschema.dataset.hub.access import find_token, require_library  # noqa: PLC0415
    from taskschema.dataset.hub.push import push as upload  # noqa: PLC0415

    require_library()
    token = find_token(token_file)
    done = upload(
        Path(out),
        repo_id,
        token=token,
        endpoint=endpoint,
        tag=revision,
        message=message,
        private=private,
        dry_run=dry_run,
        progress=sys.stderr.isatty(),
    )
    if dry_run:
        for step in done.steps:
            typer.echo(f"{step.fate:<8} {step.size:>15,}  {printable(step.path)}")
    sent = [step for step in done.changes if step.fate != "deleted"]
    would = "would be " if dry_run else ""
    size = several(sum(step.size for step in sent), "byte")
    parts = [f"{several(len(sent), 'file')} ({size}) {would}pushed"]
    if not done.changes:
        parts = ["nothing to push"]
    if len(sent) < len(done.changes):
        parts.append(f"{len(done.changes) - len(sent):,} {would}deleted")
    if done.tag is not None:
        parts.append(f"{would}tagged {done.tag}")
    where = done.address
    if dry_run and done.created:
        where += ", which does not exist yet" if token else ", which is private or absent"
    typer.echo(f"{', '.join(parts)}: {where}")


COMMAND = push
