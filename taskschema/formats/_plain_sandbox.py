"""Jinja templates that are not trusted: texts from plain values, in bounded time and space.

A template may join texts, choose, loop, cut and compare. It reaches no object but the values of a
row, no file and no other template. Each step of a loop and each character that is made is counted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import BuiltinMethodType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

__all__ = ["Sandbox", "SandboxError"]

PLAIN = (str, int, float, type(None), list, tuple, dict, range)
BUDGET = 5_000_000  # characters made and steps taken, of one rendering
STEP = 5  # what one step of a loop costs
LONGEST = 100_000  # characters of a template
STATEMENTS = (nodes.Output, nodes.If, nodes.For, nodes.Assign)
FILTERS = frozenset(
    {
        *("abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "int"),
        *("items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject"),
        *("rejectattr", "replace", "reverse", "round", "select", "selectattr", "sort", "string"),
        *("sum", "title", "tojson", "trim", "unique", "upper", "wordcount"),
    }
)
METHODS = frozenset(
    {
        *("capitalize", "count", "endswith", "find", "get", "index", "isalpha", "isdigit"),
        *("islower", "isnumeric", "isupper", "items", "join", "keys", "lower", "lstrip"),
        *("partition", "removeprefix", "removesuffix", "replace", "rfind", "rpartition"),
        *("rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title"),
        *("upper", "values"),
    }
)


class SandboxError(Exception):
    """Why a template cannot be read, or does not apply to the values."""


class Sandbox(ImmutableSandboxedEnvironment):
    """What templates may do; `filters` are added to those that are safe."""

    intercepted_binops = frozenset({"+", "*", "%", "**"})

    def __init__(self, filters: Mapping[str, Callable[..., Any]] | None = None) -> None:
        super().__init__(undefined=StrictUndefined, keep_trailing_newline=True, finalize=_plain)
        self.left = BUDGET
        kept = {name: self.filters[name] for name in FILTERS}
        own = {"replace": self._replace, "join": self._join}
        inner = {"counted": self._counted, "glued": self._glued, "bounded": self._bounded}
        self.filters = kept | own | inner | dict(filters or {})
        self.globals = {"range": self._range}

    def template(self, text: str) -> Template:
        """The template of a text.

        Raises:
            SandboxError: it is none, or asks for what is not allowed.
        """
        if len(text) > LONGEST:
            raise SandboxError(f"has more than {LONGEST:,} characters")
        try:
            tree = self.parse(text)
            for node in tree.find_all(nodes.Stmt):
                if not isinstance(node, STATEMENTS):
                    raise SandboxError(f"has a statement `{type(node).__name__.lower()}`")
                if isinstance(node, nodes.For) and node.recursive:
                    raise SandboxError("has a recursive loop")
            code = self.compile(_Bounds().visit(tree))
        except (TemplateError, RecursionError, MemoryError, ValueError, OverflowError) as error:
            raise SandboxError(f"is no template: {_words(error)}") from error
        return Template.from_code(self, code, dict(self.globals))

    def render(self, template: Template, values: Mapping[str, Any]) -> str:
        """The text that a template makes of the values.

        Raises:
            SandboxError: it does not apply to them, or takes too long.
        """
        self.left = BUDGET
        pieces = []
        try:
            for piece in template.generate(values):
                self._spend(len(piece))
                pieces.append(piece)
        except SandboxError:
            raise
        except Exception as error:
            raise SandboxError(f"does not apply: {_words(error)}") from error
        return "".join(pieces)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a value may be asked for an attribute; of texts and objects the methods known."""
        if isinstance(obj, LoopContext):
            return not attr.startswith("_")
        return isinstance(obj, str | dict | list) and attr in METHODS and callable(value)

    def wrap_str_format(self, _value: Any) -> None:
        """No method formats texts, as a width makes them as long as it says."""
        return

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What a call gives; those that make long texts of short ones are counted."""
        if isinstance(obj, BuiltinMethodType) and isinstance(obj.__self__, str):
            if obj.__name__ == "replace":
                return self._replace(obj.__self__, *args)
            if obj.__name__ == "join":
                return self._join(args[0] if args else [], obj.__self__)
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """What `+`, `*` or `%` give; no powers, and no formatting of texts."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if not numbers and operator == "+":
            self._spend(_length(left) + _length(right))
        elif not numbers and operator == "*":
            self._spend(max(_length(left), _length(right)) * max(_count(left), _count(right)))
        elif operator == "**" or not numbers:
            raise SandboxError(f"uses `{operator}`, which is not allowed here")
        return super().call_binop(context, operator, left, right)

    def _spend(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise SandboxError("makes too long a text, or takes too long")

    def _range(self, *args: int) -> range:
        found = range(*args)
        self._spend(len(found))
        return found

    def _counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._spend(STEP)
            yield value

    def _bounded(self, value: Any) -> Any:
        self._spend(_length(value))
        return value

    def _glued(self, values: list[Any]) -> str:
        return self._join(values)

    def _join(self, values: Iterable[Any], d: str = "", attribute: Any = None) -> str:
        if attribute is not None:
            values = [self.getitem(value, attribute) for value in values]
        texts = []
        for value in values:
            texts.append(str(value))
            self._spend(len(texts[-1]) + len(d) + 1)
        return str(d).join(texts)

    def _replace(self, value: Any, old: str, new: str, count: int | None = None) -> str:
        text = str(value)
        limit = -1 if count is None else count
        times = text.count(old) if limit < 0 else min(text.count(old), limit)
        self._spend(len(text) + times * len(new))
        return text.replace(old, new, limit)


class _Bounds(NodeTransformer):
    """Has loops, assignments and joins counted."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - as it is called
        self.generic_visit(node)
        node.iter = _filter(node.iter, "counted")
        return node

    def visit_Assign(self, node: nodes.Assign) -> nodes.Assign:  # noqa: N802
        self.generic_visit(node)
        node.node = _filter(node.node, "bounded")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filter(nodes.List(node.nodes, lineno=node.lineno), "glued")


def _filter(node: Any, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _plain(value: Any) -> Any:
    """The value, where it can stand in a text; what it is written as is the same every time."""
    if isinstance(value, (*PLAIN, Undefined)):
        return value
    raise SandboxError(f"has an expression that is {type(value).__name__}, not a value")


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple | dict) else 0


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _words(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:200].rstrip(".")
