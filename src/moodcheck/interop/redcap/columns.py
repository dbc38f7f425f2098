"""The columns of a data dictionary, as REDCap writes them."""

from __future__ import annotations

from enum import StrEnum


class Column(StrEnum):
    """One of the 18 columns, by its header; in their order."""

    NAME = "Variable / Field Name"
    FORM = "Form Name"
    SECTION = "Section Header"
    TYPE = "Field Type"
    LABEL = "Field Label"
    CHOICES = "Choices, Calculations, OR Slider Labels"
    NOTE = "Field Note"
    VALIDATION = "Text Validation Type OR Show Slider Number"
    LOWEST = "Text Validation Min"
    HIGHEST = "Text Validation Max"
    IDENTIFIER = "Identifier?"
    BRANCHING = "Branching Logic (Show field only if...)"
    REQUIRED = "Required Field?"
    ALIGNMENT = "Custom Alignment"
    NUMBER = "Question Number (surveys only)"
    MATRIX = "Matrix Group Name"
    RANKING = "Matrix Ranking?"
    ANNOTATION = "Field Annotation"


NEEDED = (Column.NAME, Column.FORM, Column.TYPE, Column.LABEL, Column.CHOICES)
"""What nothing can be read without; older versions of REDCap lack some of the others."""

_IN_EXPORTS = (
    "field_name", "form_name", "section_header", "field_type", "field_label",
    "select_choices_or_calculations", "field_note", "text_validation_type_or_show_slider_number",
    "text_validation_min", "text_validation_max", "identifier", "branching_logic",
    "required_field", "custom_alignment", "question_number", "matrix_group_name",
    "matrix_ranking", "field_annotation",
)  # fmt: skip
"""The same columns, as REDCap's programming interface calls them."""

_BY_HEADER = {column.casefold(): column for column in Column} | dict(
    zip(_IN_EXPORTS, Column, strict=True)
)


def column_of(header: str) -> Column | None:
    """Return the column of that header; None where a dictionary has no such column."""
    return _BY_HEADER.get(" ".join(header.split()).casefold())
