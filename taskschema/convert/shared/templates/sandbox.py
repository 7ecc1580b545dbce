"""Templates that are not trusted, as promptsource has them: Jinja that reaches only its values.

It does all that promptsource's own templates do: lists grow, macros are called, and what is not
there is empty. But there are no files to include and no attributes of Python's own, and each
rendering has a budget. What is changed is of one row only, and what is drawn is drawn by a seed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from random import Random
from typing import Any

from taskschema.convert.shared.templates.budget import AMPLIFYING, LIGHT, Budget, ExhaustedError

__all__ = ["CodeError", "Sandbox", "TemplateFault"]

LONGEST = 200_000  # characters, of a template
SURROGATES = re.compile("[\ud800-\udfff]")
ADDRESS = re.compile(" at 0x[0-9a-f]+>")  # in how objects are written; each time another
EACH, PAID = "each step", "paid for"  # filters that no template can name
# `attr` reaches past the sandbox in some versions; `lipsum` draws without a seed.
NO_FILTERS, NO_GLOBALS = ("attr",), ("lipsum",)
NO_METHODS = frozenset({"encode", "from_bytes", "to_bytes"})  # bytes are paid for nowhere


class TemplateFault(Exception):  # noqa: N818 - it is no error of ours
    """Why a template gives nothing: no Jinja, or it failed on the values."""


class CodeError(TemplateFault):
    """The template asks for what only code may do."""


class Sandbox:
    """Compiles templates and renders them.

    Args:
        filters: that the templates may use beside Jinja's own.
        functions: likewise.
        strict: whether what is not there is an error, and a line break at the end is kept.
    """

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        functions: Mapping[str, Callable[..., Any]],
        *,
        strict: bool = False,
    ) -> None:
        self.budget = Budget()
        self.random = Random(0)  # noqa: S311 - no secret is drawn
        self.environment = _environment(self, strict=strict)
        own = self.environment.filters
        own["choice"] = self.random.choice
        own["random"] = self._any
        own.update(filters)
        for name in NO_FILTERS:
            del own[name]
        for name in own:
            own[name] = self._counted(name, own[name])
        tests = self.environment.tests
        tests.update({name: self._counted(name, tests[name]) for name in tests})
        own[EACH] = self.budget.each
        own[PAID] = self.budget.paid
        for name in NO_GLOBALS:
            del self.environment.globals[name]
        self.environment.globals.update(functions)

    def compiled(self, text: str) -> Any:
        """The template, to be rendered.

        Raises:
            TemplateFault: it is none.
        """
        from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - only some formats need it

        if len(text) > LONGEST:
            raise TemplateFault(f"is longer than {LONGEST:,} characters")
        try:
            return self.environment.from_string(text)
        except TemplateSyntaxError as error:
            raise TemplateFault(f"is no Jinja: line {error.lineno}: {_said(error)}") from None
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise TemplateFault(f"is no Jinja: {_said(error)}") from None

    def variables(self, text: str) -> set[str]:
        """The names that a template, which compiles, expects to be given."""
        from jinja2 import meta  # noqa: PLC0415 - only some formats need it

        found = meta.find_undeclared_variables(self.environment.parse(text))
        return {name for name in found if name not in self.environment.globals}

    def begin(self, seed: str) -> None:
        """Draw by a seed, and with a full budget."""
        self.random.seed(seed)
        self.budget.renew()

    def rendered(self, template: Any, values: Mapping[str, Any]) -> str:
        """What a compiled template makes of values.

        Raises:
            ExhaustedError: it does more than it may.
            CodeError: it asks for what only code may do.
            TemplateFault: it fails on these values.
        """
        from jinja2.exceptions import SecurityError  # noqa: PLC0415 - only some formats need it

        try:
            text: str = template.render(values)
        except ExhaustedError:
            raise
        except SecurityError as error:
            raise CodeError(_said(error)) from None
        except Exception as error:  # noqa: BLE001 - a template may fail in any way
            raise TemplateFault(_said(error)) from None
        if SURROGATES.search(text):
            raise TemplateFault("it gives half of a surrogate pair")
        if ADDRESS.search(text) and ADDRESS.search(repr(values)) is None:
            raise TemplateFault("it gives an object of Python, not a value")
        return text

    def _any(self, values: Sequence[Any]) -> Any:
        """One of the values; of none what Jinja gives for what is not there."""
        if not values:
            return self.environment.undefined("there is nothing to draw from")
        return self.random.choice(values)

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that pays for what it makes."""
        first = int(hasattr(function, "jinja_pass_arg"))

        @wraps(function)
        def counted(*arguments: Any, **named: Any) -> Any:
            self.budget.step()
            if name in AMPLIFYING and len(arguments) > first:
                before, subject, after = arguments[:first], arguments[first], arguments[first + 1 :]
                subject = _whole(subject)
                operation = "%" if name == "format" else name  # which the filter does
                self.budget.amplify(operation, subject, after, named.values())
                arguments = (*before, subject, *after)
            elif name not in LIGHT:
                self.budget.weigh((*arguments[first:], *named.values()))
            return self.budget.paid(function(*arguments, **named))

        return counted


def _whole(value: Any) -> Any:
    """The value; of one that is made item by item a list."""
    return list(value) if hasattr(value, "__next__") else value


def _said(error: BaseException) -> str:
    """What an exception says, in one line."""
    from jinja2 import TemplateError  # noqa: PLC0415 - only some formats need it

    said = " ".join(str(error).split()).rstrip(".")
    if isinstance(error, TemplateError) and said:
        return said
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _environment(sandbox: Sandbox, *, strict: bool) -> Any:
    """Jinja's environment, in which every step of a template is counted."""
    from jinja2 import StrictUndefined, Undefined, nodes, pass_context  # noqa: PLC0415 - only some formats need it
    from jinja2.exceptions import SecurityError  # noqa: PLC0415
    from jinja2.runtime import LoopContext  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415
    from jinja2.utils import Namespace  # noqa: PLC0415
    from jinja2.visitor import NodeTransformer  # noqa: PLC0415

    class Counting(NodeTransformer):
        """Puts filters that count where Jinja would not ask."""

        def get_visitor(self, node: nodes.Node) -> Any:
            if isinstance(node, (nodes.List, nodes.Dict, nodes.Tuple, nodes.Concat)):
                return self.made
            own = {
                nodes.TemplateData: self.data,
                nodes.For: self.loop,
                nodes.Compare: self.compared,
                nodes.Getitem: self.cut,
            }
            return own.get(type(node))

        @staticmethod
        def data(node: nodes.TemplateData) -> nodes.Node:
            return nodes.Const(node.data, lineno=node.lineno)

        def loop(self, node: nodes.For) -> nodes.Node:
            self.generic_visit(node)
            node.iter = self.counted(node.iter, EACH)
            return node

        def made(self, node: Any) -> nodes.Node:
            self.generic_visit(node)
            if isinstance(node, nodes.Concat):
                node.nodes = [self.counted(part, PAID) for part in node.nodes]
            return node if getattr(node, "ctx", "") == "store" else self.counted(node, PAID)

        def compared(self, node: nodes.Compare) -> nodes.Node:
            self.generic_visit(node)
            node.expr = self.counted(node.expr, PAID)
            for operand in node.ops:
                operand.expr = self.counted(operand.expr, PAID)
            return node

        def cut(self, node: nodes.Getitem) -> nodes.Node:
            self.generic_visit(node)
            return self.counted(node, PAID) if isinstance(node.arg, nodes.Slice) else node

        @staticmethod
        def counted(node: Any, name: str) -> nodes.Filter:
            return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)

    class Environment(SandboxedEnvironment):
        """Refuses what is not safe, and pays for the rest."""

        intercepted_binops = frozenset({"+", "*", "**", "%"})

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            tree: nodes.Template = Counting().visit(super()._parse(source, name, filename))
            return tree.set_environment(self)  # type: ignore[return-value]

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return attr not in NO_METHODS and super().is_safe_attribute(obj, attr, value)

        def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
            raise SecurityError(f"`{attribute}` of a {type(obj).__name__} is not for templates")

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            budget = sandbox.budget
            budget.step()
            if operator == "*":
                budget.multiply(left, right)
            elif operator == "**":
                budget.raise_to(left, right)
            elif operator == "%" and isinstance(left, str):
                budget.amplify(operator, left, [right])
            return budget.paid(super().call_binop(context, operator, left, right))

        def call(self, context: Any, called: Any, /, *arguments: Any, **named: Any) -> Any:
            budget = sandbox.budget
            budget.step()
            if isinstance(called, LoopContext):  # which runs its body for each item
                arguments = tuple(map(budget.each, arguments))
            method = getattr(called, "__wrapped__", called)
            name, subject = getattr(method, "__name__", ""), getattr(method, "__self__", None)
            if name in AMPLIFYING and isinstance(subject, str):
                arguments = tuple(map(_whole, arguments))
                budget.amplify(name, subject, arguments, named.values())
            else:
                budget.weigh((*arguments, *named.values(), *([] if name in LIGHT else [subject])))
            return budget.paid(super().call(context, called, *arguments, **named))

    class Unshown(Namespace):
        """Does not show what it holds, which nobody pays for."""

        __repr__ = object.__repr__

    @pass_context
    def finalize(_context: Any, value: Any) -> Any:
        return sandbox.budget.paid(value)

    made = Environment(
        finalize=finalize,
        optimized=False,
        autoescape=False,
        undefined=StrictUndefined if strict else Undefined,
        keep_trailing_newline=strict,
    )
    made.globals["namespace"] = Unshown
    return made
