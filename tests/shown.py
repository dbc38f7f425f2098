"""A summary in each format, and what is left of a text when its looks are taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal, get_args

from hypothesis import strategies as st

from moodcheck.core.summary import Summary
from moodcheck.interop.fhir.sitting_bundle import summary_bundle
from moodcheck.report import json as json_format
from moodcheck.report import markdown, render_plain, render_rich
from moodcheck.report.html import page
from moodcheck.report.summary_view import summary_document

Format = Literal["rich", "plain", "json", "html", "markdown", "fhir"]
EVERY_FORMAT: tuple[Format, ...] = get_args(Format)

STYLE = re.compile(r"\x1b\[[0-9;]*m")
_BOX = re.compile("[│╭╮╰╯─]")
_TAG = re.compile("</?([a-z0-9]+)[^>]*>")
_WITHIN_A_LINE = {"strong", "span"}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKUP = re.compile(r"^(#+|-|>|\|) |(?<!\\)\*\*", re.MULTILINE)


@dataclass(frozen=True)
class Look:
    """One way in which a summary can be shown."""

    format: Format
    width: int = 80

    def render(self, summary: Summary) -> str:
        match self.format:
            case "rich":
                return render_rich.render(summary_document(summary), width=self.width)
            case "plain":
                return render_plain.render(summary_document(summary), width=self.width)
            case "json":
                return json_format.summary(summary)
            case "fhir":
                return summary_bundle(summary)
            case "html":
                return page.render(summary_document(summary))
            case "markdown":
                return markdown.render(summary_document(summary))


def looks(format_: Format) -> st.SearchStrategy[Look]:
    """Every width that a format is promised to work with."""
    return st.builds(Look, st.just(format_), st.integers(20, 200))


def words(text: str) -> str:
    """Return what is said, one space between words: no styles, tags, boxes or line breaks."""
    if text.startswith("{\n"):
        text = "\n".join(leaves(json.loads(text)))
    elif text.startswith("<!DOCTYPE html>"):
        text = unescape(_TAG.sub(_space_of, text[text.index("<body") :]))
    elif text.startswith("# "):
        text = _ESCAPED.sub(r"\1", _MARKUP.sub(" ", text))
    return " ".join(_BOX.sub(" ", STYLE.sub("", text)).split())


def _space_of(tag: re.Match[str]) -> str:
    return "" if tag[1] in _WITHIN_A_LINE else " "


def letters(text: str) -> str:
    """Return what is said without any space: the same at every width, broken words included."""
    return words(text).replace(" ", "")


def leaves(document: Any) -> Iterator[str]:  # noqa: ANN401 - whatever json.loads returns
    """Yield every text in a JSON document that is not a key, and what a narrative of FHIR says."""
    match document:
        case str() if document.startswith("<div "):
            yield unescape(_TAG.sub(" ", document))
        case str():
            yield document
        case dict():
            for value in document.values():
                yield from leaves(value)
        case list():
            for value in document:
                yield from leaves(value)
