"""FHIR R4, as plain JSON: resources → forms, and questionnaires → resources."""
