"""The embedded engine: every row is read once into a table of codes, and all else comes from that.

Nothing else in the package names duckdb. Needs the part `batch`.
"""
