"""`taskschema push`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.shared.choices import here


def push(
    out: Annotated[
        str,
        typer.Argument(metavar="OUT", callback=here, help="A folder that an export wrote."),
    ],
    repo_id: Annotated[
        str,
        typer.Argument(
            metavar="REPO_ID", help="Owner and name of the dataset repository, made if need be."
        ),
    ],
    *,
    revision: Annotated[
        str | None, typer.Option(metavar="TAG", help="Tag the commit, such as v1.0.")
    ] = None,
    message: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The message of the commit.")
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Make a repository that does not exist private.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="List what would become of each file; do nothing."),
    ] = False,
    endpoint: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The hub; else HF_ENDPOINT, else huggingface.co."),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Holds the token; else HF_TOKEN, else that of `hf auth login`."
        ),
    ] = None,
) -> None:
    """Push an exported folder to a dataset repository, in one commit.

    Every file is first compared with the manifest of the export. Files of an earlier export that
    this one no longer has are deleted; what no export wrote is kept. After an interruption, push
    again: what has been uploaded is not sent a second time.

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
