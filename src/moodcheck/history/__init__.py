"""What is kept over time, and the sittings that a counselor holds."""
