"""Git asked in a process of its own, in which nothing that a repository brings along is run."""

import os
import subprocess
from pathlib import Path

from taskschema.core.errors import RevisionError

__all__ = ["GitError", "environment", "run_git", "user_name"]

# What the person, not the repository, decides: which settings of theirs count, how far to look up.
KEPT = (
    *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
    *("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"),
)
OVERRIDES = {"core.fsmonitor": "false", "core.hooksPath": os.devnull}


class GitError(Exception):
    """Git refused; `reason` is the first line of what it said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run_git(folder: Path, *arguments: str, overrides: dict[str, str] | None = None) -> bytes:
    """What git prints.

    Raises:
        GitError: it refuses.
        RevisionError: it is not installed.
    """
    try:
        done = subprocess.run(  # noqa: S603 - never through a shell, and revisions are proven
            ["git", *arguments],  # noqa: S607 - whichever git the person uses
            cwd=folder,
            env=environment(overrides),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise RevisionError(
            "git is not installed, and only git reads revisions. Install it, or name paths."
        ) from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").splitlines() or ["no reason given"]
        raise GitError(lines[0].removeprefix("fatal: ").rstrip("."))
    return done.stdout


def environment(overrides: dict[str, str] | None = None) -> dict[str, str]:
    """The environment without anything that leads git elsewhere or has it run something."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key in KEPT
    }
    settings = OVERRIDES | (overrides or {})
    for index, (key, value) in enumerate(settings.items()):
        kept |= {f"GIT_CONFIG_KEY_{index}": key, f"GIT_CONFIG_VALUE_{index}": value}
    return kept | {
        "GIT_CONFIG_COUNT": str(len(settings)),
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def user_name(folder: Path) -> str:
    """The name that git writes beside commits made in a folder; empty where it knows none."""
    try:
        return run_git(folder, "config", "--get", "user.name").decode(errors="replace").strip()
    except (GitError, RevisionError, OSError):
        return ""
