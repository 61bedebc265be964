"""Renders a department's own block templates, in a language too small to do harm.

A time-out would make what is published depend on how fast a machine is, and a worker of its
own costs a start for every build. So what could run away is refused before it runs: there are
no calls, no arithmetic, no assignments, no includes; a loop goes over what was handed in, a loop
inside it only over a field of its own entry. Every pass of a loop then belongs to one leaf of
the data, and the time is at most template times data, both of bounded size. What comes out is cut
off at a size, inspected, and cleaned again (nh3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.i18n import Translator

LARGEST_TEMPLATE = 16_000
LARGEST_OUTPUT = 400_000
_DEEPEST = 40
_LOOP_FIELDS = frozenset({"index", "index0", "first", "last", "length"})
_FILTERS = ("default", "e", "escape", "first", "last", "length")
_TESTS = ("defined", "none")
_NODES: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Filter, nodes.Test,
)  # fmt: skip
_COMPARISONS = frozenset({"eq", "ne", "gt", "gteq", "lt", "lteq"})

Data = Mapping[str, Any]
"""What a template sees: str, Markup, int, bool, None, and tuples and dicts of these."""


class SandboxError(Exception):
    """A template is refused, or failed; `reasons` say why."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


class _UnprintableError(Exception):
    """A template shows a value that is not text; carries its type."""


class _Environment(ImmutableSandboxedEnvironment):
    """Sees nothing of an object but the keys of a dict and the places of a tuple."""

    def __init__(self) -> None:
        super().__init__(
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_printable,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=0,
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext) and attribute in _LOOP_FIELDS:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if type(obj) is dict and argument in obj:
            return obj[argument]
        if type(obj) is tuple and type(argument) is int and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def faults(source: str, tr: Translator) -> Iterator[str]:
    """Yield why a template is refused before it runs; nothing for one that may."""
    if len(source.encode()) > LARGEST_TEMPLATE:
        yield tr("has more than {size} bytes", size=LARGEST_TEMPLATE)
        return
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as error:
        yield tr("line {line}: {problem}", line=error.lineno, problem=error.message)
        return
    except (RecursionError, ValueError) as error:
        yield tr("cannot be read: {problem}", problem=type(error).__name__)
        return
    yield from dict.fromkeys(_refused(tree, tr))


def render(source: str, data: Data, tr: Translator) -> str:
    """Return what a template makes of the data, uninspected.

    Raises SandboxError whatever goes wrong: the template is somebody else's program.
    """
    refused = tuple(faults(source, tr))
    if refused:
        raise SandboxError(*refused)
    pieces, size = [], 0
    try:
        for piece in _compiled(source).generate(data):
            size += len(piece)
            if size > LARGEST_OUTPUT:
                break
            pieces.append(piece)
    except _UnprintableError as error:
        raise SandboxError(tr("shows a {type}, which is not text", type=error)) from error
    except Exception as error:
        problem = str(error) or type(error).__name__
        raise SandboxError(tr("fails: {problem}", problem=problem)) from error
    if size > LARGEST_OUTPUT:
        raise SandboxError(tr("makes more than {n} characters", n=LARGEST_OUTPUT))
    return "".join(pieces)


@cache
def _environment() -> _Environment:
    return _Environment()


@lru_cache(maxsize=256)
def _compiled(source: str) -> Template:
    return _environment().from_string(source)


def _printable(value: object) -> object:
    """Pass on what can be shown; a dict, a tuple or an object would show Python's own spelling."""
    if isinstance(value, str | int | StrictUndefined):
        return value
    raise _UnprintableError(type(value).__name__)


def _refused(tree: nodes.Template, tr: Translator) -> Iterator[str]:
    """Yield every construct that is not in the small language."""
    waiting: list[tuple[nodes.Node, int, str | None]] = [(tree, 0, None)]
    while waiting:
        node, depth, entry = waiting.pop()
        if depth > _DEEPEST:
            yield tr("line {line}: is nested too deep", line=node.lineno)
            return
        if not isinstance(node, _NODES):
            name = type(node).__name__
            yield tr("line {line}: {construct} is not allowed", line=node.lineno, construct=name)
            continue
        reason = _misused(node, entry, tr)
        if reason:
            yield tr("line {line}: {construct} is not allowed", line=node.lineno, construct=reason)
        inner = entry
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            inner = node.target.name
        body = set(map(id, node.body)) if isinstance(node, nodes.For) else set()
        waiting.extend(
            (child, depth + 1, inner if id(child) in body else entry)
            for child in node.iter_child_nodes()
        )


def _misused(node: nodes.Node, entry: str | None, tr: Translator) -> str:
    """Return what is wrong with a construct that the language has, "" for nothing."""
    match node:
        case nodes.For():
            if node.recursive or node.test or not isinstance(node.target, nodes.Name):
                return tr("a loop with conditions, recursion or several names")
            root = _root(node.iter)
            if root is None or root == "loop" or (entry is not None and root != entry):
                return tr("a loop over anything but the data or a field of the loop around it")
        case nodes.Getitem():
            constant = isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str | int)
            return "" if constant else tr("[…] with anything but a name or a number")
        case nodes.Filter():
            return "" if node.name in _FILTERS else tr("the filter {name}", name=node.name)
        case nodes.Test():
            return "" if node.name in _TESTS else tr("the test {name}", name=node.name)
        case nodes.Compare():
            sides = [node.expr, *(operand.expr for operand in node.ops)]
            plain = len(sides) == 2 and any(isinstance(side, nodes.Const) for side in sides)
            return "" if plain else tr("a comparison without a fixed side")
        case nodes.Operand():
            return "" if node.op in _COMPARISONS else tr("the comparison {name}", name=node.op)
        case nodes.Name():
            is_taken = node.ctx == "store" and node.name == "loop"
            return tr("a loop variable called loop") if is_taken else ""
    return ""


def _root(node: nodes.Node) -> str | None:
    """Return the name at which a path of fields begins, None for anything else."""
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else None
