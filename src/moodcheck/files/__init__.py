"""Files: read within bounds, made privately, replaced whole."""
