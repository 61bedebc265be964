"""The words of the scripts that work with flowcharts, as one module of JavaScript in the city's language."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.builder.artifact import Artifact
from generator.i18n import Translator
from generator.model.codes import StepKind, TimeUnit
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.labels import label, limit


def plan(publication: Publication) -> Artifact:
    """Return `assets/chart-words.js`."""
    text = json.dumps(_words(publication.tr), ensure_ascii=False, indent=0)
    content = f"/* What the flowcharts' scripts say. */\nexport default {text};\n".encode()
    return publication.file(urls.CHART_WORDS, content)


def _words(tr: Translator) -> dict[str, str]:
    return _on_the_page(tr) | _in_the_gallery(tr) | _side_by_side(tr)


def _on_the_page(tr: Translator) -> dict[str, str]:
    return {
        "tools": tr("Tools for the flowchart"),
        "region": tr("Flowchart: plus and minus change its size, arrow keys move it, 0 resets it"),
        "in": tr("Larger"),
        "out": tr("Smaller"),
        "reset": tr("Reset"),
        "large": tr("Full screen"),
        "close": tr("Close"),
        "longest": tr("Longest way"),
        "byPost": tr("Lanes by post"),
        "noPost": tr("No post named"),
        "hint": tr("Point at a step or tap it, and read here who does it, how long and with what."),
        "inList": tr("This step in the list"),
        "law": tr("The law it rests on"),
        "beside": tr("Compare with another flowchart"),
        "pngLight": tr("PNG, white"),
        "pngDark": tr("PNG, dark"),
    }


def _in_the_gallery(tr: Translator) -> dict[str, str]:
    return {
        "found": tr("{n} of {all} flowcharts", n="{n}", all="{all}"),
        "none": tr("No flowchart is like that. Take a word out, or widen time and steps."),
        "more": tr("Show more"),
        "steps": tr("{n} steps", n="{n}"),
        "posts": tr("{n} posts", n="{n}"),
        "compare": tr("Compare"),
        "hitStep": tr("Step"),
        "hitPost": tr("Post"),
        "hitDocument": tr("Document"),
        "failed": tr("The list could not be loaded. Reload the page, or leaf through it below."),
    }


def _side_by_side(tr: Translator) -> dict[str, str]:
    return {
        "a": tr("Power A"),
        "b": tr("Power B"),
        "comma": tr(", "),
        "choose": tr("Choose a power"),
        "same": tr("the same"),
        "onlyA": tr("only in A"),
        "onlyB": tr("only in B"),
        "none_": tr("none"),
        "name": tr("Name"),
        "kind": tr("Kind of step"),
        "post": tr("Post"),
        "limit": tr("Time limit"),
        "counted": tr("Counted"),
        "document": tr("Document"),
        "yes": tr("counted in the time limit"),
        "no": tr("not counted in the time limit"),
        "shared": tr("{n} steps agree", n="{n}"),
        "changed": tr("{n} steps differ in post, time, document or name", n="{n}"),
        "aLone": tr("{n} steps only in A", n="{n}"),
        "bLone": tr("{n} steps only in B", n="{n}"),
        "alike": tr("{n} % alike", n="{n}"),
        "differs": tr("What differs"),
        "stepOf": tr("Step in {name}", name="{name}"),
        "longestWay": tr("Longest way"),
        "openChart": tr("Page and flowchart"),
        "table": tr("The steps side by side"),
        "together": tr("How they compare"),
        **{kind.value: label(kind, tr) for kind in StepKind},
        "documents": tr("Documents"),
        "postsOf": tr("Posts"),
        **dict(_limits(tr)),
        "on_the_spot": label(TimeUnit.ON_THE_SPOT, tr),
    }


def _limits(tr: Translator) -> Iterator[tuple[str, str]]:
    """Yield each unit of time in words, for one and for many."""
    for unit in TimeUnit:
        if unit is not TimeUnit.ON_THE_SPOT:
            yield f"{unit}_1", limit(1, unit, tr)
            yield unit.value, limit(2, unit, tr).replace("2", "{n}")
