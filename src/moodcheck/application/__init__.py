"""Use cases. They see the outside through ports only."""
