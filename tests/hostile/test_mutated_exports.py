"""Five hundred exports in which something is another: refused by name, or equal and marked."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from moodcheck.core.safety import alerts
from moodcheck.errors import BadData
from tests.hostile.test_changed_exports import GOOD, KEPT, Document, read
from tests.shipped import SYMPTOMS

MUTATIONS = 500


def mutated(random: Random) -> bytes:
    """Return a good export in which something is another: a byte, a value, or what is likely."""
    kind = random.randrange(4)
    if kind == 0:
        return _with_other_bytes(random)
    document: Document = json.loads(GOOD)
    for _ in range(random.choice([1, 1, 2])):
        if kind == 1:
            _change_somewhere(document, random)
        else:
            _edit(document["sittings"], random)
    return json.dumps(document).encode()


def _with_other_bytes(random: Random) -> bytes:
    content = bytearray(GOOD.encode())
    for _ in range(random.choice([1, 1, 2, 5])):
        at = random.randrange(len(content))
        match random.randrange(4):
            case 0:
                content[at] ^= 1 << random.randrange(8)
            case 1:
                del content[at : at + random.choice([1, 2, 50])]
            case 2:
                content[at:at] = random.choice([b"0", b'"', b",", b"}", b"\\u202e", b"null"])
            case _:
                content[at] = random.choice(b"0123456789abcdefZ")
    return bytes(content)


def _edit(sittings: list[Document], random: Random) -> None:
    """Change what somebody would change on purpose."""
    row = random.choice(sittings)
    match random.randrange(8):
        case 0 | 1:
            item = random.choice([item.id for item in SYMPTOMS.items])
            row["unanswered"].pop(item, None)
            row["answers"][item] = random.randrange(4)
        case 2:
            item = random.choice([*row["answers"], "sleep"])
            row["answers"].pop(item, None)
            row["unanswered"][item] = random.choice(["skipped", "not_reached"])
        case 3:
            row["client"] = random.choice(["C-020", "me"])
        case 4:
            row["critical"] = random.choice([[], sittings[0]["critical"]])
        case 5:
            row["state"] = random.choice(["closed", "open"])
        case 6:
            sittings.remove(row)
        case 7:
            sittings.append(sittings.pop(0))


def _change_somewhere(tree: Any, random: Random) -> None:  # noqa: ANN401 - of any kind
    """Change one value, at any depth."""
    while True:
        keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
        if not keys:
            return
        key = random.choice(keys)
        if isinstance(tree[key], dict | list) and tree[key] and random.random() < 0.9:
            tree = tree[key]
            continue
        break
    match random.randrange(4):
        case 0:
            del tree[key]
        case 1 if isinstance(tree, list):
            tree.append(tree[key])
        case 2:
            tree[key] = random.choice([None, True, "", "C-020", {}, [], 1e9, -1, "2026-11-24"])
        case _:
            tree[key] = random.choice([0, 1, 2, 3, "skipped", "closed", "own", "2" * 64, tree[key]])


def test_a_mutated_export_is_refused_by_name_or_equal_and_marked() -> None:
    whole, original = json.loads(GOOD), {one.id: one for one in KEPT}
    read_, refused = 0, 0
    for seed in range(MUTATIONS):
        content = mutated(Random(seed))  # noqa: S311 - the same changes every time
        try:
            found = read(content)
        except BadData as error:
            refused += 1
            is_refused_by_name(error, seed)
            continue
        read_ += 1
        assert found.is_as_written is (json.loads(content) == whole), seed
        for one in found.records:
            assert (original.get(one.id) == one) is not one.changed_outside, seed
            assert one.changed_outside is (one.id in found.changed), seed
            seen = {entry.item for entry in one.critical if entry.alerted is not None}
            assert set(alerts(one.administration)) <= seen, seed
            if one.changed_outside:
                assert all(entry.acknowledgement is None for entry in one.critical), seed
    assert min(read_, refused) > MUTATIONS / 5


def is_refused_by_name(error: BadData, seed: int) -> None:
    """Hold a refusal to what it says: the file, the place, what to do, and no answer."""
    message = str(error)
    assert message.startswith("history.json"), seed
    assert "cannot be imported, and nothing of it was" in message, seed
    assert all(problem.what and problem.mend for problem in error.problems), seed
    assert "SECRET" not in message, seed
