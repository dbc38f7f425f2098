"""YAML files → what the core calls them, with every problem of a file at once.

The only room that names `yaml`. `document` makes plain data of bytes, and knows where each part
of it stands; `data_files` makes a model of a kind of file of that; `diagnosing` finds every
problem of a file that is none. A problem is a `Fault` until `problems` tells it.
"""
