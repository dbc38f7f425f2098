"""A counselor at the terminal: the desk, the hand-over, the closing view."""
