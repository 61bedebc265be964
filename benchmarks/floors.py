"""The floors: what the tools alone take on the work of one build, each in a process of its own.

    python -m benchmarks.floors pagefind|graphviz|frictionless|writing CITY

CITY is a built city; each prints nothing and is timed from outside.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from generator import config
from generator.i18n import translator
from generator.ledger import fold, store
from generator.model.release import Release
from generator.pages import urls


def _release(city: Path) -> Release:
    settings = config.load(city / "site_config.yml")
    return fold.fold(store.read(settings.vetted), as_of=settings.as_of)


def write_search_pages(city: Path, folder: Path) -> None:
    """Write the pages that Pagefind reads, so that it alone can be timed on them."""
    from generator.outputs.search import documents

    settings = config.load(city / "site_config.yml")
    release, tr = _release(city), translator(settings.language)
    for version in release.powers.values():
        path = folder / urls.file_of(urls.power(version.power.code))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(documents.page(version, release, tr))


def write_graphs(city: Path, folder: Path) -> None:
    """Write each procedure as plain DOT with fixed node sizes, so that Graphviz alone can be timed."""
    for version in _release(city).powers.values():
        procedure = version.power.procedure
        names = {step.id: f"n{number}" for number, step in enumerate(procedure.steps)}
        nodes = "".join(
            f'{n} [label="" fixedsize=true width=1.9 height=0.9];' for n in names.values()
        )
        edges = "".join(f"{names[m.source]} -> {names[m.target]};" for m in procedure.moves)
        (folder / f"{version.power.code}.gv").write_text(f"digraph {{ {nodes} {edges} }}")


def graphviz(folder: Path) -> None:
    """Lay out every graph of a folder in one process."""
    import pygraphviz

    for path in sorted(folder.glob("*.gv")):
        pygraphviz.AGraph(path.read_text()).draw(format="plain", prog="dot")


def frictionless(city: Path) -> None:
    """Validate every published package with frictionless alone."""
    from frictionless import Package, system

    with system.use_context(trusted=True):
        for path in sorted((city / "public" / "data").rglob("datapackage.json")):
            report = Package(str(path)).validate(limit_errors=1000)
            if not report.valid:
                raise SystemExit(f"{path}: {report.flatten(['type', 'message'])[:3]}")


def writing(city: Path) -> None:
    """Write the same bytes to as many new files."""
    with tempfile.TemporaryDirectory(dir=city) as scratch:
        for path in (city / "public").rglob("*"):
            if path.is_file():
                target = Path(scratch, path.relative_to(city / "public"))
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())


if __name__ == "__main__":
    {"graphviz": graphviz, "frictionless": frictionless, "writing": writing}[sys.argv[1]](
        Path(sys.argv[2])
    )
