"""What is shown of a history."""
