"""The completion protocol of shells, translated to the one of Typer and back.

Completion is a matter of the moment: whatever goes wrong is kept to itself, and nothing is offered.
"""

import os
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import pairwise

__all__ = ["answer", "is_asking"]

ASKED = "_TASKSCHEMA_COMPLETE"
ALL_WORDS, CURRENT = "COMP_WORDS", "COMP_CWORD"  # of bash
LINE = "_TYPER_COMPLETE_ARGS"  # of the others
# Bash splits words at these, and completes the part after the last one.
BREAKS = re.compile("[=:]+")
SPECIAL = re.compile(r"""([\s"'`$\\!&|;<>()*?\[\]#~{}])""")
OPTION = re.compile(r"^-[^=\s]*=")
LAST_WORD = re.compile(r"(?:\\.|\S)*$")
FIRST_QUOTE = re.compile(r"""^(?:_arguments '\*: :\(\()?"(?=\S)""", re.MULTILINE)


def is_asking() -> bool:
    """Whether a shell asks for completions."""
    return os.environ.get(ASKED, "").startswith("complete_")


def answer(run: Callable[[], int]) -> int:
    """Let Typer complete the line, and print the result in the format of the shell.

    Args:
        run: the command line; it prints and gives the exit code.

    Returns:
        The exit code, which fish looks at; 1 where something is wrong.
    """
    # Rich would only strip markup, which our texts do not have, and doubles the time.
    sys.modules["rich"] = None  # type: ignore[assignment]
    heard = StringIO()
    try:
        fitted = _for_bash() if os.environ[ASKED] == "complete_bash" else _for_others()
        with redirect_stdout(heard), redirect_stderr(StringIO()):
            code = run()
        sys.stdout.write(fitted(heard.getvalue().rstrip("\n")) + "\n")
    except (Exception, KeyboardInterrupt):  # noqa: BLE001 - completion prints no messages
        return 1
    return code


def _for_bash() -> Callable[[str], str]:
    """Join words that bash split, e.g. `--format=te`; offer only the missing part."""
    text = os.environ[ALL_WORDS]
    words = text.split("\n" if "\n" in text else " ")
    current = int(os.environ[CURRENT])
    words = [*words, *[""] * current][: current + 1]
    whole, standing = words[:1], ""  # standing: the part of the last word that bash keeps
    for before, word in pairwise(words):
        is_break = BREAKS.fullmatch(word)
        if len(whole) > 1 and (is_break or BREAKS.fullmatch(before)):
            standing = whole[-1] + (word if is_break else "")
            whole[-1] += word
        else:
            standing = ""
            whole.append(word)
    os.environ[ALL_WORDS], os.environ[CURRENT] = "\n".join(whole), str(len(whole) - 1)
    value = OPTION.sub("", whole[-1], count=1)
    known = max(len(standing) - (len(whole[-1]) - len(value)), 0)
    quoted = value[:1] in {"'", '"'}

    def fitted(text: str) -> str:
        lines = [line[known:] for line in text.splitlines()]
        if not quoted:
            lines = [SPECIAL.sub(r"\\\1", line) for line in lines]
        if len(lines) == 1 and lines[0].endswith(("=", ":")):
            # Bash would add a space after a single offer, and start a new word.
            lines.append(lines[0] + " ")
        return "\n".join(lines)

    return fitted


def _for_others() -> Callable[[str], str]:
    """For zsh and fish `--format=te` is one word, so offers start with it."""
    last = LAST_WORD.search(os.environ.get(LINE, ""))
    option = OPTION.match(last[0]) if last else None
    if not option:
        return str
    if os.environ[ASKED] == "complete_zsh":
        return lambda text: FIRST_QUOTE.sub(lambda quote: quote[0] + option[0], text)
    return lambda text: "\n".join(option[0] + line for line in text.splitlines())
