"""What other programs speak: FHIR and REDCap, both ways, through one neutral form."""
