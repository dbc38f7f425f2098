"""A summary as text. Formats choose looks, never content; no input and no output here."""
