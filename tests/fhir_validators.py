"""What other programs make of our FHIR: validators of R4, and a reader of FHIRPath."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from moodcheck.core.administration import Administration
from moodcheck.interop.fhir.absent import OWN_REASON
from moodcheck.interop.fhir.names import canonical
from moodcheck.interop.fhir.writing import coding

Tree = dict[str, Any]

_NPM = Path(__file__).parent / "npm"
_MODULES = _NPM / "node_modules"
_NODE = shutil.which("node")

needs_npm = pytest.mark.skipif(
    _NODE is None or not (_MODULES / "fhirpath").is_dir(),
    reason="what reads FHIR is not installed: npm ci --prefix tests/npm",
)

_EXTENSIONS = {
    "http://hl7.org/fhir/StructureDefinition/itemWeight": "valueDecimal",
    "http://hl7.org/fhir/StructureDefinition/ordinalValue": "valueDecimal",
    "http://hl7.org/fhir/StructureDefinition/data-absent-reason": "valueCode",
    OWN_REASON: "valueCode",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl": "valueCodeableConcept",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression": (
        "valueExpression"
    ),
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText": "valueString",
}
"""The type that each extension we write has in its own definition; validators do not look."""


def ask_node(**cases: Sequence[Tree]) -> dict[str, list[Any]]:
    """Return what `fhir.mjs` says of many cases, in one process."""
    done = subprocess.run(
        [_NODE or "node", "fhir.mjs"],
        input=json.dumps(cases),
        capture_output=True,
        check=True,
        cwd=_NPM,
        text=True,
    )
    found: dict[str, list[Any]] = json.loads(done.stdout)
    return found


def complaints(resources: Sequence[Tree]) -> list[str]:
    """Return everything that any validator has against the resources."""
    found = [str(one) for one in ask_node(resources=resources)["resources"] if one is not None]
    for resource in resources:
        found += [
            error.message[:500] for error in _schema(resource["resourceType"]).iter_errors(resource)
        ]
    return [*found, *missed_by_validators(resources)]


def response_of(administration: Administration) -> Tree:
    """Return the answers of a sitting, as a program would write them that showed our form."""
    asked = administration.questionnaire
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{canonical(asked.id)}|{asked.version}",
        "status": "completed",
        "item": [
            {"linkId": name, "answer": [{"valueCoding": coding(asked.option(name, value))}]}
            for name, value in administration.answers.items()
        ],
    }


@cache
def _schema(kind: str) -> jsonschema.Draft6Validator:
    file = _MODULES / "@medplum" / "definitions" / "dist" / "fhir" / "r4" / "fhir.schema.json"
    whole = json.loads(file.read_text(encoding="utf-8"))
    one = {"$ref": f"#/definitions/{kind}", "definitions": whole["definitions"]}
    return jsonschema.Draft6Validator(one)


def missed_by_validators(resources: Sequence[Tree]) -> Iterator[str]:
    """Yield what no validator looks at.

    linkIds that are there twice, types of extensions, and answers to what is not asked. Each
    response has its Questionnaire among the resources.
    """
    asked = {f"{one.get('url')}|{one.get('version')}": [*_links(one)] for one in resources}
    for resource in resources:
        times = Counter(_links(resource))
        yield from (f"linkId {link} {count} times" for link, count in times.items() if count > 1)
        extensions = [one for tree in _objects(resource) for one in tree.get("extension", ())]
        for one in extensions:
            if (found := set(one) - {"url"}) != {_EXTENSIONS.get(one["url"])}:
                yield f"{one['url']} with {found}"
        if resource["resourceType"] == "QuestionnaireResponse":
            unknown = times.keys() - asked.get(resource["questionnaire"], ())
            yield from (f"linkId {link} is not in its Questionnaire" for link in sorted(unknown))


def _links(resource: Tree) -> Iterator[str]:
    return (one["linkId"] for one in _objects(resource) if "linkId" in one)


def _objects(tree: object) -> Iterator[Tree]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _objects(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _objects(value)
