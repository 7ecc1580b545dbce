"""Runs git in a subprocess without hooks, filters or monitors of the repository."""

import os
import subprocess
from pathlib import Path

from taskschema.core.errors import RevisionError

__all__ = ["GitError", "environment", "run_git", "user_name"]

# Set by the user, not by the repository: their settings, and how far up to search.
KEPT = (
    *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
    *("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"),
)
OVERRIDES = {"core.fsmonitor": "false", "core.hooksPath": os.devnull}


class GitError(Exception):
    """Git failed; `reason` is the first line of its error output."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run_git(folder: Path, *arguments: str, overrides: dict[str, str] | None = None) -> bytes:
    """Run git in a folder and return its standard output.

    Raises:
        GitError: git fails.
        RevisionError: git is not installed.
    """
    try:
        done = subprocess.run(  # noqa: S603 - never through a shell, and revisions are validated
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=folder,
            env=environment(overrides),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise RevisionError(
            "git is not installed and is needed to read revisions. Install it, or use paths."
        ) from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").splitlines() or ["no reason given"]
        raise GitError(lines[0].removeprefix("fatal: ").rstrip("."))
    return done.stdout


def environment(overrides: dict[str, str] | None = None) -> dict[str, str]:
    """Return an environment in which git neither changes repository nor runs other programs."""
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
    """Return the git user name for commits in a folder; empty if none is set."""
    try:
        return run_git(folder, "config", "--get", "user.name").decode(errors="replace").strip()
    except (GitError, RevisionError, OSError):
        return ""
