"""The hashes of an export: of each sitting, which names the one before it, and of the whole file.

They show what was changed by accident or without care. There is no key in them: whoever works them
out anew leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the hashes of a file say about it."""

    is_as_written: bool
    changed: frozenset[str]
    """Ids of the sittings that are not what was exported, or beside which one was taken out."""


def hash_of(tree: Tree) -> str:
    """Return the SHA-256 of canonical JSON: keys sorted, no spaces, UTF-8, without `hash`."""
    content = {key: value for key, value in tree.items() if key != "hash"}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).hexdigest()


def chained(trees: Iterable[Tree]) -> list[dict[str, Any]]:
    """Return trees, each with the hash of the one before it as `previous`, and its own `hash`."""
    previous, links = None, []
    for tree in trees:
        link = {**tree, "previous": previous}
        previous = link["hash"] = hash_of(link)
        links.append(link)
    return links


def held(document: Tree, sittings: Sequence[Tree]) -> Outcome:
    """Hold a file against its own hashes.

    Args:
        document: the whole file, with `last` and `hash`.
        sittings: those in it, each with `id`, `previous` and `hash`.
    """
    changed = {str(link["id"]) for link in sittings if link["hash"] != hash_of(link)}
    named = [*(link["previous"] for link in sittings), document["last"]]
    real = [None, *(link["hash"] for link in sittings)]
    for position, (one, other) in enumerate(zip(named, real, strict=True)):
        if one != other:
            # Which side of a broken link was changed, nobody can tell.
            changed |= {str(link["id"]) for link in sittings[max(position - 1, 0) : position + 1]}
    is_as_written = not changed and document["hash"] == hash_of(document)
    return Outcome(is_as_written, frozenset(changed))
