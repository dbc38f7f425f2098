"""What came of scoring many rows, as text. Formats choose looks, never content."""
