"""Files of many rows, read strictly and accounted for, before any engine sees them."""
