"""What is shown, before anyone decides how it looks: a document is a title and sections of blocks.

A view is one pure function from a value to a `Document`; `report.outcome` makes the documents that
show what somebody answered. A renderer is one function from any document to text, and knows no
view. Whatever outside text is given to a block comes out of it fit to show, so that neither has to
think of `safe_text`. Blocks say what something is, and nothing of columns, colours or marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum, auto
from typing import ClassVar

from moodcheck.safe_text import safe_text


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document. Every text in it is one line and fit to show."""

    is_of_an_outcome: ClassVar[bool] = False
    """Whether it shows answers, scores or advice."""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _fit_to_show(getattr(self, field.name)))


def _fit_to_show(value: object) -> object:
    match value:
        case str():
            return safe_text(value)
        case tuple():
            return tuple(_fit_to_show(part) for part in value)
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """One or more sentences."""

    text: str
    is_strong: bool = False
    """Whether it matters most of what stands around it."""


@dataclass(frozen=True, slots=True)
class Detail(Block):
    """What is known of the block above it."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing(Block):
    """Sentences or names, one below the other."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contact(Block):
    """Whom to reach and how, in one line, and what else is known of them."""

    reach: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Advice(Block):
    """When to see someone: a few words, then sentences."""

    is_of_an_outcome = True

    label: str
    text: str
    about: str = ""
    """What it follows from, where a document has more than one."""


@dataclass(frozen=True, slots=True)
class Notice(Block):
    """That nothing here is a diagnosis, and whom to see."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation(Block):
    """A person's own words, and what they were asked."""

    prompt: str
    words: str


@dataclass(frozen=True, slots=True)
class Fact(Block):
    """What something is called, and what is so."""

    label: str
    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Facts(Block):
    """Facts of one kind; at least one."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Bar(Block):
    """A value within a range, and the same in words."""

    label: str
    text: str
    """What is said in place of, and beside, the picture."""
    value: int | None
    """None where there is nothing to draw."""
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Bars(Block):
    """Values of one kind as bars; at least one."""

    is_of_an_outcome = True

    bars: tuple[Bar, ...]
    are_counts: bool = False
    """Whether the values are numbers of rows, whose text is the number; else each is an answer."""


class Kind(Enum):
    """What a column of a table holds."""

    TEXT = auto()
    CODE = auto()
    """Dates, ids and the like, expected in one piece."""
    NUMBER = auto()
    """To be read one below the other, digit under digit."""


@dataclass(frozen=True, slots=True)
class Column(Block):
    """A column of a table."""

    name: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Cell(Block):
    """A cell of a table; its text may be empty."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Table(Block):
    """Rows of cells, as many in each as there are columns; at least one row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    """What the rows are, where the heading of the section does not say it."""


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """What the blocks below it are about; a section has its own, so this is for a page."""

    text: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Option(Block):
    """Something that can be chosen by entering its key, or was chosen before."""

    key: str
    text: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Room(Block):
    """Empty lines to write on by hand."""

    prompt: str
    lines: int


@dataclass(frozen=True, slots=True)
class Section(Block):
    """Blocks that stand together, apart from all others."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Callout(Section):
    """A section in a frame."""

    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Help(Callout):
    """Help lines, and what to do right now. Made by `report.help_block.help_block` alone."""


@dataclass(frozen=True, slots=True)
class Document(Block):
    """A title, which may be empty, and sections. Sections without blocks are left out.

    Raises:
        ValueError: when it shows answers, scores or advice without saying that it is not a
            diagnosis.
    """

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    at: datetime | None = None
    """When it is of, for a file that has a date of its own; None where it is of no one time."""
    is_sheet: bool = False
    """Whether it should fit on one page of paper."""

    def __post_init__(self) -> None:
        super(Document, self).__post_init__()
        object.__setattr__(self, "sections", tuple(one for one in self.sections if one.blocks))
        blocks = [*self.blocks()]
        has_notice = any(isinstance(block, Notice) for block in blocks)
        if any(block.is_of_an_outcome for block in blocks) and not has_notice:
            msg = "a document of an outcome says that it is not a diagnosis"
            raise ValueError(msg)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of all sections in their order."""
        for section in self.sections:
            yield from section.blocks
