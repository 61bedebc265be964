"""The one way by which a value of a table comes onto a page: `{{ fact("name", power.name) }}`.

`fact`, `coded`, `dated`, `flag` and `row` are written like functions in our templates and are
expanded into markup when a template is compiled, so that a page of three hundred facts costs
no three hundred calls. Each value is escaped like every other output.

    fact(column, value)             <span data-fact="column">value</span>
    coded(column, value[, words])   <data value="value" data-fact="column">its label</data>
    dated(column, day)              <time datetime="…" data-fact="column">day in words</time>
    flag(column, truth, yes, no)    <data value="true" data-fact="column">yes</data>
    row(title, content)             a line of a `dl`; nothing where the content is empty;
                                    a plain fact is the `dd` itself.
                                    `one or another` takes the first that is not empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

_WRITERS = frozenset({"fact", "coded", "dated", "flag"})
_LISTS = frozenset({"several", "timed", "phone"})
Parts = list[nodes.Expr]


class FactCompiler(CodeGenerator):
    """Compiles templates with the facts expanded."""

    def visit_Template(  # noqa: N802
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Expand the facts of a template, then compile it."""
        super().visit_Template(_Expander().visit(node), frame)
        self.writeline("escape = environment.globals['escaped']")


class _Expander(NodeTransformer):
    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802
        made: list[nodes.Node] = []
        for expression in node.nodes:
            if _name(expression) == "row":
                made.append(_row(*_arguments(expression)))
            else:
                made.append(nodes.Output(_written(expression)))
        for part in made:
            part.set_lineno(node.lineno, override=True)
            part.set_environment(node.environment)  # type: ignore[arg-type]
        return made


def _name(expression: nodes.Node) -> str:
    if isinstance(expression, nodes.Call) and isinstance(expression.node, nodes.Name):
        return str(expression.node.name)
    return ""


def _arguments(expression: nodes.Node) -> Sequence[nodes.Expr]:
    assert isinstance(expression, nodes.Call)
    return expression.args


def _written(expression: nodes.Expr) -> Parts:
    """Return the markup of a fact around its value; other expressions as they are."""
    name = _name(expression)
    if name not in _WRITERS:
        return [expression]
    column, value, *words = _arguments(expression)
    if not isinstance(column, nodes.Const):
        return [expression]
    if name == "fact":
        return [_text(f'<span data-fact="{column.value}">'), value, _text("</span>")]
    if name == "dated":
        return [
            _text('<time datetime="'), _filter(value, "iso"),
            _text(f'" data-fact="{column.value}">'), _filter(value, "day"), _text("</time>"),
        ]  # fmt: skip
    if name == "flag":
        shown: Parts = [nodes.CondExpr(value, *words)]
        value = nodes.CondExpr(value, nodes.Const("true"), nodes.Const("false"))
    elif words:
        shown = _written(words[0])
    else:
        shown = [_filter(value, "label", column.value.rpartition(".")[2])]
    return [
        _text('<data value="'), value,
        _text(f'" data-fact="{column.value}">'), *shown, _text("</data>"),
    ]  # fmt: skip


def _row(title: nodes.Expr, content: nodes.Expr) -> nodes.If:
    """Return a line of a list of facts that stands only where there is content."""
    if isinstance(content, nodes.Or):
        first = _row(title, content.left)
        return nodes.If(first.test, first.body, [], [_row(title, content.right)])
    opened, closed = _text('<div class="facts__row"><dt>'), _text("</dd></div>")
    line = [opened, title, _text("</dt>"), *_described(content), closed]
    return nodes.If(_filled(content), [nodes.Output(line)], [], [])


def _described(content: nodes.Expr) -> Parts:
    """Return the opened description of a line; a plain fact is the description itself."""
    if _name(content) == "fact":
        column, value = _arguments(content)
        if isinstance(column, nodes.Const):
            return [_text(f'<dd data-fact="{column.value}">'), value]
    return [_text("<dd>"), *_written(content)]


def _filled(content: nodes.Expr) -> nodes.Expr:
    """Return the question whether any value of a fact is there."""
    values = [content]
    if _name(content) in _WRITERS | _LISTS:
        _, *values = _arguments(content)
        values = values[: 2 if _name(content) == "timed" else 1]
    questions: Parts = [nodes.Test(value, "filled", [], [], None, None) for value in values]
    return questions[0] if len(questions) == 1 else nodes.Or(*questions)


def _text(markup: str) -> nodes.Expr:
    return nodes.MarkSafe(nodes.Const(markup))


def _filter(value: nodes.Expr, name: str, *arguments: object) -> nodes.Filter:
    return nodes.Filter(value, name, [nodes.Const(a) for a in arguments], [], None, None)
