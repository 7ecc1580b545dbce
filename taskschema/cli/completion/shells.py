"""What a shell asks when Tab is pressed, in the words that typer understands, and back.

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
# At these bash makes words of one, and completes what stands after the last of them.
BREAKS = re.compile("[=:]+")
SPECIAL = re.compile(r"""([\s"'`$\\!&|;<>()*?\[\]#~{}])""")
OPTION = re.compile(r"^-[^=\s]*=")
LAST_WORD = re.compile(r"(?:\\.|\S)*$")
FIRST_QUOTE = re.compile(r"""^(?:_arguments '\*: :\(\()?"(?=\S)""", re.MULTILINE)


def is_asking() -> bool:
    """Whether a shell wants to know how a line may go on."""
    return os.environ.get(ASKED, "").startswith("complete_")


def answer(run: Callable[[], int]) -> int:
    """Have typer find what fits, and print it as the shell takes it.

    Args:
        run: the command line; it prints and gives the exit code.

    Returns:
        The exit code, which fish looks at; 1 where something is wrong.
    """
    # Only to strip markup that our texts do not have, it would take as long as all else.
    sys.modules["rich"] = None  # type: ignore[assignment]
    heard = StringIO()
    try:
        fitted = _for_bash() if os.environ[ASKED] == "complete_bash" else _for_others()
        with redirect_stdout(heard), redirect_stderr(StringIO()):
            code = run()
        sys.stdout.write(fitted(heard.getvalue().rstrip("\n")) + "\n")
    except (Exception, KeyboardInterrupt):  # noqa: BLE001 - nobody asked for a message
        return 1
    return code


def _for_bash() -> Callable[[str], str]:
    """Put together what bash has broken, such as `--format=te`; offer only what it lacks."""
    text = os.environ[ALL_WORDS]
    words = text.split("\n" if "\n" in text else " ")
    current = int(os.environ[CURRENT])
    words = [*words, *[""] * current][: current + 1]
    whole, standing = words[:1], ""  # standing: what bash leaves as it is of the last word
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
            # After the only one bash would put a space, and what follows would be a word by itself.
            lines.append(lines[0] + " ")
        return "\n".join(lines)

    return fitted


def _for_others() -> Callable[[str], str]:
    """To zsh and fish `--format=te` is one word, which what is offered has to begin with."""
    last = LAST_WORD.search(os.environ.get(LINE, ""))
    option = OPTION.match(last[0]) if last else None
    if not option:
        return str
    if os.environ[ASKED] == "complete_zsh":
        return lambda text: FIRST_QUOTE.sub(lambda quote: quote[0] + option[0], text)
    return lambda text: "\n".join(option[0] + line for line in text.splitlines())
