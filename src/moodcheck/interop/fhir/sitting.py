"""A sitting to be written as resources: its summary, and what else is known of it."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID, uuid5

from moodcheck.report import markdown, render_plain
from moodcheck.report.times import timestamp
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.summary import Summary
    from moodcheck.report.document import Document

Resource = dict[str, Any]

Status = Literal["in-progress", "completed", "amended"]

_OURS = UUID("37570f28-db0a-4be4-8c4e-df5ddb3092f7")
"""Whatever is written here has a name that is worked out from this one: always the same."""

_WIDTH = 80
"""Columns of what people read of a resource."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One sitting, and whose it is. None can be written without the advice in its summary."""

    summary: Summary
    document: Document
    """What people read of it."""
    name: str
    """Tells it from every other sitting."""
    subject: Subject | None = None
    status: Status = "completed"
    remarks: tuple[str, ...] = ()
    """What was noted of it as a whole."""
    item_remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What was noted of an item, and what became of it, by the item's id."""

    @property
    def taken_at(self) -> str:
        """When it was, as FHIR writes it."""
        return timestamp(self.summary.taken_at)

    def urn(self, part: str) -> str:
        """Return the name of a resource that is made of it."""
        return urn("sitting", self.name, part)

    @property
    def whose(self) -> Resource:
        """The subject of every resource that is made of it; empty where nobody is named."""
        return {} if self.subject is None else {"subject": self.subject.reference}


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, by a pseudonym alone."""

    code: str
    history: str
    """Id of the history in which this is the person's code; another may mean someone else."""

    @property
    def urn(self) -> str:
        """The name of the resource that stands for the person."""
        return urn("client", self.history, self.code.casefold())

    @property
    def identifier(self) -> Resource:
        """The pseudonym, and where it is one."""
        return {"system": urn("history", self.history), "value": self.code}

    @property
    def reference(self) -> Resource:
        """What points to the person."""
        return {"reference": self.urn, "type": "Patient", "identifier": self.identifier}

    @property
    def patient(self) -> Resource:
        """The resource that stands for the person: it holds no name, and says so."""
        pseudonymized = {
            "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
            "code": "PSEUDED",
            "display": "pseudonymized",
        }
        return {
            "resourceType": "Patient",
            "meta": {"security": [pseudonymized]},
            "identifier": [self.identifier],
        }


def urn(*parts: str) -> str:
    """Return a name that is always the same for the same parts, and different for others."""
    # Somebody's own words can hold half of a character, which has no bytes.
    return f"urn:uuid:{uuid5(_OURS, ascii('/'.join(parts)))}"


def narrative(document: Document) -> Resource:
    """Return what people read of a resource: a document, line by line."""
    lines = html.escape(render_plain.render(document, width=_WIDTH), quote=False)
    div = f'<div xmlns="http://www.w3.org/1999/xhtml"><pre>{lines}</pre></div>'
    return {"status": "additional", "div": div}


def notes(*texts: str) -> Resource:
    """Return annotations; a text shows as it is, whatever stands in it."""
    said = [text for text in texts if text.strip()]
    return {"note": [{"text": _as_markdown(text)} for text in said]} if said else {}


def alert_note(summary: Summary, item_id: str) -> Iterable[str]:
    """Yield what whoever receives an alert has to know of it; nothing where there is none."""
    if item_id in summary.alerts:
        line = next(one for one in (*summary.items, *summary.context) if one.item.id == item_id)
        yield _(
            'ALERT. "{label}: {answer}". Please make sure that someone who can help reads this '
            "today. moodcheck cannot contact anyone."
        ).format(label=line.item.label, answer=line.answer)


def _as_markdown(text: str) -> str:
    return "\n".join(markdown.escaped(line) for line in text.strip().split("\n"))
