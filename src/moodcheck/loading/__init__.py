"""YAML files → what the core calls them, with every problem of a file at once.

The only place that names `yaml`. A file passes four rooms, each of them pure but the first:
`reading` (a file → bytes), `document` (bytes → plain data, and where each part of it stands),
`validation` (plain data → a model, or every problem), and one module for each kind of file.
"""
