"""The history: one encrypted file per user, in SQLCipher's format. Needs the part `history`.

Nothing else in the package names the cipher library.
"""
