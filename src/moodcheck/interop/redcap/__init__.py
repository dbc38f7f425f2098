"""Forms of REDCap: a data dictionary read, and one written."""
