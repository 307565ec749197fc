"""Fuzzing of everything that parses bytes of strangers; ``python -m reliability.fuzzing`` runs it.

A target (`targets`) takes bytes and may raise nothing but `FlacRasterError`. Its inputs start as
the files of the format's own test vectors (`seeds`). Mutators (`mutators`) know the format: they
change one field of a valid file, inside the deflated index or a tile's header too, and make all
checksums right again, so that what lies behind the checksums is reached. `campaign` drives both,
with atheris where it can be installed and without coverage where not.
"""
