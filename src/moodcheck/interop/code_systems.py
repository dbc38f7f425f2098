"""The names of code systems: short in our files, an address in those of others."""

from __future__ import annotations

import re

_ADDRESSES = {
    "loinc": "http://loinc.org",
    "snomed": "http://snomed.info/sct",
    "umls": "http://www.nlm.nih.gov/research/umls",
    "icd-10": "http://hl7.org/fhir/sid/icd-10",
}
_LOINC = re.compile(r"(?<![0-9])[0-9]{3,5}-[0-9](?![0-9])")
_NAMES = {address: name for name, address in _ADDRESSES.items()}


def system_name(address: str) -> str:
    """Return the short name of a code system, or its address where it has none."""
    return _NAMES.get(address.rstrip("/"), address)


def system_address(name: str) -> str | None:
    """Return the address of a code system; None for a name that is none and has none."""
    return _ADDRESSES.get(name, name if ":" in name else None)


def loinc_in(name: str) -> str | None:
    """Return the one LOINC code that a name is made of, as `/44250-9` is; None for any other."""
    found = _LOINC.findall(name)
    return found[0] if len(found) == 1 else None
