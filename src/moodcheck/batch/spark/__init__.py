"""The distributed engine: the same expressions on Spark, as a native plan; no row passes Python.

Nothing else in the package names pyspark. Needs the part `spark`, and Java.
"""
