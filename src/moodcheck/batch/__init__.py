"""Scores many rows: files, frames, and tables of a cluster."""
