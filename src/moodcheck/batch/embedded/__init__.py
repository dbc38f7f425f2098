"""The embedded engine: parts of the input are read, checked and scored side by side, in one pass.

Nothing else in the package names polars or pyarrow. Needs the part `batch`.
"""
