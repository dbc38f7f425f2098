"""Scoring for many rows: a questionnaire as expressions that any engine can run.

Needs the optional part `batch`; nothing above imports this room before it is used.
"""
