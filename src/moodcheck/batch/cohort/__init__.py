"""A look at many rows at once: what is counted of them, and what follows from that."""
