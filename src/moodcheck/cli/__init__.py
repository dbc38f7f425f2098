"""The command line: parse, call one use case, say how it went."""
