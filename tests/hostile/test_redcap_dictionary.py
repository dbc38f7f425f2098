"""A damaged or hostile data dictionary is read in one way, or refused with words; never worse."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.errors import BadData, UsageError
from moodcheck.interop.form import Form
from moodcheck.interop.redcap.reading import read_dictionary
from moodcheck.interop.redcap.table import is_dictionary
from moodcheck.interop.redcap.writing import export
from moodcheck.safe_text import safe_text
from tests.shipped import LANGUAGE, SYMPTOMS
from tests.strategies import ATTACKS, hostile_text
from tests.unit.interop.redcap.dictionaries import RECORD_ID, row, text_of

WHOLE = export(SYMPTOMS, notice=LANGUAGE.notice).content
PIECES = [
    b"",
    b",",
    b";",
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b"|",
    b"[",
    b"<",
    b"&#x110000;",
    b"\xff",
    b"=1+1",
]


def texts_of(form: Form) -> list[str]:
    found = [*form.notes, form.id or ""]
    for item in form.items:
        found += [item.link, item.text, item.type, item.help or "", item.stem or ""]
        found += [option.label or "" for option in item.options]
        found += [code for option in item.options for code in option.codes.values()]
    return found


def read(content: bytes) -> Form | str:
    """Return the form, or why there is none."""
    try:
        return read_dictionary("d.csv", content)
    except (BadData, UsageError) as refused:
        return str(refused)


def is_fit_to_show(found: Form | str) -> bool:
    """Return whether all that was read, or is said, is fit to show, and no name is there twice."""
    if isinstance(found, str):
        return bool(found) and all(safe_text(line) == line for line in found.split("\n"))
    is_unique = len({item.link for item in found.items}) == len(found.items)
    return is_unique and all(safe_text(text) == text for text in texts_of(found))


@settings(max_examples=60)
@given(
    changes=st.lists(
        st.tuples(
            st.integers(0, len(WHOLE)),
            st.integers(0, 300),
            st.sampled_from([*PIECES, *(one.encode(errors="surrogatepass") for one in ATTACKS)]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_a_damaged_dictionary_is_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    content = WHOLE
    for at, removed, added in changes:
        content = content[:at] + added + content[at + removed :]
    is_dictionary(content)
    assert is_fit_to_show(read(content))


@settings(max_examples=60)
@given(st.data())
def test_whatever_stands_in_its_cells_comes_out_fit_to_show(data: st.DataObject) -> None:
    hostile = {
        cell: data.draw(hostile_text())
        for cell in ("section", "label", "note", "matrix", "branching", "annotation", "validation")
    }
    kind = data.draw(st.sampled_from(["radio", "notes", "text", "calc", "slider", "?\x1b[2J"]))
    label = data.draw(hostile_text()).replace("|", "")
    rows = [RECORD_ID, row("a", kind, **{**hostile, "choices": f"0, {label} | 1, Often"})]
    assert is_fit_to_show(read(text_of(*rows).encode(errors="replace")))
