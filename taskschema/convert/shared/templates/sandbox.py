"""A Jinja sandbox for untrusted templates, such as those of promptsource.

It supports everything that promptsource's own templates do: growing lists, macros, and empty text
for missing values. Templates cannot include files or reach attributes of Python objects, and each
rendering has a budget. Changes to values last for one row only, and random choices have a seed.
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
ADDRESS = re.compile(" at 0x[0-9a-f]+>")  # in the text of objects; differs from run to run
EACH, PAID = "each step", "paid for"  # filters whose names no template can write
# `attr` escapes the sandbox in some versions; `lipsum` has no seed.
NO_FILTERS, NO_GLOBALS = ("attr",), ("lipsum",)
NO_METHODS = frozenset({"encode", "from_bytes", "to_bytes"})  # bytes have no cost in a budget


class TemplateFault(Exception):  # noqa: N818 - the error is in the template
    """A template that is not valid, or fails on its values."""


class CodeError(TemplateFault):
    """A template that uses something that only code may."""


class Sandbox:
    """Compiles templates and renders them.

    Args:
        filters: filters for the templates besides Jinja's own.
        functions: functions for the templates besides Jinja's own.
        strict: whether a missing value is an error, and a final line break is kept.
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
        """Compile a template.

        Raises:
            TemplateFault: it is not valid.
        """
        from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - only some formats need it

        if len(text) > LONGEST:
            raise TemplateFault(f"is longer than {LONGEST:,} characters")
        try:
            return self.environment.from_string(text)
        except TemplateSyntaxError as error:
            raise TemplateFault(
                f"is not valid Jinja: line {error.lineno}: {_message(error)}"
            ) from None
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise TemplateFault(f"is not valid Jinja: {_message(error)}") from None

    def variables(self, text: str) -> set[str]:
        """Return the names of the values that a valid template uses."""
        from jinja2 import meta  # noqa: PLC0415 - only some formats need it

        found = meta.find_undeclared_variables(self.environment.parse(text))
        return {name for name in found if name not in self.environment.globals}

    def begin(self, seed: str) -> None:
        """Set the seed, and restore the full budget."""
        self.random.seed(seed)
        self.budget.renew()

    def rendered(self, template: Any, values: Mapping[str, Any]) -> str:
        """Render a compiled template.

        Raises:
            ExhaustedError: it exceeds its budget.
            CodeError: it uses something that only code may.
            TemplateFault: it fails on these values.
        """
        from jinja2.exceptions import SecurityError  # noqa: PLC0415 - only some formats need it

        try:
            text: str = template.render(values)
        except ExhaustedError:
            raise
        except SecurityError as error:
            raise CodeError(_message(error)) from None
        except Exception as error:  # noqa: BLE001 - a template may fail in any way
            raise TemplateFault(_message(error)) from None
        if SURROGATES.search(text):
            raise TemplateFault("its result holds half of a surrogate pair")
        if ADDRESS.search(text) and ADDRESS.search(repr(values)) is None:
            raise TemplateFault("its result is an object of Python, not a value")
        return text

    def _any(self, values: Sequence[Any]) -> Any:
        """A random value; without values, an undefined one."""
        if not values:
            return self.environment.undefined("there is no value to choose from")
        return self.random.choice(values)

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that pays for its result."""
        first = int(hasattr(function, "jinja_pass_arg"))

        @wraps(function)
        def counted(*arguments: Any, **named: Any) -> Any:
            self.budget.step()
            if name in AMPLIFYING and len(arguments) > first:
                before, subject, after = arguments[:first], arguments[first], arguments[first + 1 :]
                subject = _whole(subject)
                operation = "%" if name == "format" else name  # which the filter applies
                self.budget.amplify(operation, subject, after, named.values())
                arguments = (*before, subject, *after)
            elif name not in LIGHT:
                self.budget.weigh((*arguments[first:], *named.values()))
            return self.budget.paid(function(*arguments, **named))

        return counted


def _whole(value: Any) -> Any:
    """The value; an iterator as a list."""
    return list(value) if hasattr(value, "__next__") else value


def _message(error: BaseException) -> str:
    """The message of an exception, in one line."""
    from jinja2 import TemplateError  # noqa: PLC0415 - only some formats need it

    text = " ".join(str(error).split()).rstrip(".")
    if isinstance(error, TemplateError) and text:
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _environment(sandbox: Sandbox, *, strict: bool) -> Any:
    """A Jinja environment that counts every step of a template."""
    from jinja2 import StrictUndefined, Undefined, nodes, pass_context  # noqa: PLC0415 - only some formats need it
    from jinja2.exceptions import SecurityError  # noqa: PLC0415
    from jinja2.runtime import LoopContext  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415
    from jinja2.utils import Namespace  # noqa: PLC0415
    from jinja2.visitor import NodeTransformer  # noqa: PLC0415

    class Counting(NodeTransformer):
        """Adds counting filters where Jinja has no hook."""

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
        """Refuses unsafe operations, and pays for all others."""

        intercepted_binops = frozenset({"+", "*", "**", "%"})

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            tree: nodes.Template = Counting().visit(super()._parse(source, name, filename))
            return tree.set_environment(self)  # type: ignore[return-value]

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return attr not in NO_METHODS and super().is_safe_attribute(obj, attr, value)

        def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
            raise SecurityError(
                f"`{attribute}` of a {type(obj).__name__} is not available to templates"
            )

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

    class OpaqueNamespace(Namespace):
        """Does not print its content, which would cost nothing."""

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
    made.globals["namespace"] = OpaqueNamespace
    return made
