"""What an import brings, as a document, and what came of it, as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from moodcheck.history.client_code import OWN, same_client
from moodcheck.report.document import Document, Listing, Paragraph, Section
from moodcheck.report.times import day
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.history.exported import Exported
    from moodcheck.history.importing import Brought, Plan
    from moodcheck.history.record import Import, Record

_MOST_NAMED = 12
_MOST_CLIENTS = 40


def preview_document(plan: Plan, *, name: str, own: str) -> Document:
    """Return what a file brings, and what is wrong with it.

    Args:
        plan: what the import will do.
        name: what the file is called.
        own: the id of the history that takes it in.
    """
    found = plan.exported
    where = _("this history") if found.store and found.store == own else _("another history")
    if not found.store:
        where = _("a history that it does not name")
    brings = _("{name} was exported on {day} from {where}. It brings:").format(
        name=name, day=day(found.exported_at), where=where
    )
    if found.written_by:
        brings = _("{name} is {format}. It brings:").format(name=name, format=found.written_by)
    whose = (
        [_about_me()] if found.store != own and not found.written_by and _brings_me(plan) else []
    )
    clients = (Paragraph(brings), Listing(_lines(plan)), *map(Paragraph, whose))
    wrong = (*_changes(found), *_lost(found))
    return Document("", (Section("", clients), Section("", tuple(map(Paragraph, wrong)))))


def imports_document(imports: Iterable[Import]) -> Document:
    """Return a list of imports."""
    return Document("", (Section("", tuple(Paragraph(_imported(one)) for one in imports)),))


def question(one: Brought) -> str:
    """Return what has to be asked before sittings are added to a client who is here already."""
    if one.here:
        said = ngettext(
            "{code} is here already, with {count} sitting. Is this the same person?",
            "{code} is here already, with {count} sittings. Is this the same person?",
            one.here,
        )
    else:
        said = _("{code} may be somebody else here. Is this the same person?")
    asks = _(
        "Type {code} to add to it, type another client code to file the sittings there, or just "
        "press Enter to import nothing:"
    )
    code = one.under
    return f"{said.format(code=code, count=one.here)} {asks.format(code=code)}"


def what_came(plan: Plan, came: Import | None) -> list[str]:
    """Return what came of an import."""
    sentences = [_counted(len(plan.new), plan.known)]
    if plan.tells_more:
        sentences.append(
            _(
                "The file has notes or acknowledgements that are not here, for: {names}. "
                "These sittings were left as they are here."
            ).format(names=_named(plan.tells_more))
        )
    if came is not None:
        undo = _("To take it all back: moodcheck history undo-import {name}")
        sentences.append(undo.format(name=came.id))
    return sentences


def what_undoing_deletes(one: Import, records: Iterable[Record]) -> str:
    """Return what goes when an import is undone."""
    records = tuple(records)
    codes = ", ".join(sorted({record.client for record in records}))
    said = ngettext(
        "{count} sitting of {codes} came with {file} on {day}. It will be deleted for good, with "
        "everything that was noted and acknowledged since.",
        "{count} sittings of {codes} came with {file} on {day}. They will be deleted for good, "
        "with everything that was noted and acknowledged since.",
        len(records),
    ).format(count=len(records), codes=codes, file=one.source, day=day(one.at))
    unseen = sum(bool(record.unacknowledged) for record in records)
    if unseen:
        still = _("In {count} of them something is NOT ACKNOWLEDGED.").format(count=unseen)
        said = f"{said} {still}"
    return said


def undone(count: int) -> str:
    """Return that an import was undone."""
    return ngettext(
        "The import was taken back: {count} sitting was deleted.",
        "The import was taken back: {count} sittings were deleted.",
        count,
    ).format(count=count)


def _imported(one: Import) -> str:
    count = len(one.records)
    said = ngettext("{count} sitting from {file}", "{count} sittings from {file}", count)
    where = one.source or _("a file without a name")
    return f"{one.id}, {day(one.at)}: {said.format(count=count, file=where)}"


def _lines(plan: Plan) -> tuple[str, ...]:
    """Return a line for each client who has to be accepted, and for some of the others."""
    asked = [one for one in plan.brought if one.must_be_accepted]
    others = [one for one in plan.brought if not one.must_be_accepted]
    lines = [_line(one) for one in (*asked, *others[:_MOST_CLIENTS])]
    more = len(others) - _MOST_CLIENTS
    if more > 0:
        sittings = sum(one.sittings for one in others[_MOST_CLIENTS:])
        said = _(
            "{clients} more clients, with {sittings} sittings; none of these adds to a client."
        )
        lines.append(said.format(clients=more, sittings=sittings))
    return tuple(lines)


def _line(one: Brought) -> str:
    name = one.code
    if one.under != one.code:
        name = _("{code}, as {under}").format(code=one.code, under=one.under)
    count = ngettext("{count} sitting", "{count} sittings", one.sittings)
    first, last = day(one.first), day(one.last)
    when = first if first == last else _("{first} to {last}").format(first=first, last=last)
    return f"{name}: {count.format(count=one.sittings)}, {when}. {_standing(one)}"


def _standing(one: Brought) -> str:
    if not one.new:
        return _("Nothing of it is new.")
    if not one.here:
        return _("The code is new here.")
    there = ngettext(
        "The code is here already, with {count} sitting.",
        "The code is here already, with {count} sittings.",
        one.here,
    )
    return there.format(count=one.here)


def _brings_me(plan: Plan) -> bool:
    return any(same_client(one.code, OWN) and same_client(one.under, OWN) for one in plan.brought)


def _about_me() -> str:
    return _(
        "{me} is the person who kept that history. If that is a client, import it again with "
        "--as {me}=CODE, so that what is critical has to be acknowledged."
    ).format(me=OWN)


def _changes(found: Exported) -> list[str]:
    if not found.has_hashes:
        return [_("It is of an older version, and nobody can tell whether it was changed since.")]
    if found.is_as_written:
        return []
    if not found.changed:
        return [_("Something in the file was changed since it was exported, but no sitting.")]
    said = ngettext(
        "Changed since it was exported: {names}. The sitting will be marked, and what is critical "
        "in it has to be acknowledged again.",
        "Changed since they were exported: {names}. These sittings will be marked, and what is "
        "critical in them has to be acknowledged again.",
        len(found.changed),
    )
    return [said.format(names=_named(sorted(found.changed)))]


def _lost(found: Exported) -> list[str]:
    if not found.lost:
        return []
    missing = "; ".join(f"{one.where}: {one.what}" for one in found.lost[:_MOST_NAMED])
    return [
        _("The history was damaged when it was exported. Missing: {what}.").format(what=missing)
    ]


def _counted(new: int, known: int) -> str:
    if not new:
        return ngettext(
            "Nothing was imported: the sitting is here already and is unchanged.",
            "Nothing was imported: all {count} sittings are here already and are unchanged.",
            known,
        ).format(count=known)
    said = ngettext("Imported {count} sitting", "Imported {count} sittings", new)
    if not known:
        there = ngettext("it was not here before", "none were here before", new)
    else:
        there = ngettext(
            "{count} was here already and is unchanged",
            "{count} were here already and are unchanged",
            known,
        ).format(count=known)
    return f"{said.format(count=new)}; {there}."


def _named(names: Iterable[str]) -> str:
    names = tuple(names)
    told = ", ".join(name for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return _("{names} and {count} more").format(names=told, count=more) if more > 0 else told
