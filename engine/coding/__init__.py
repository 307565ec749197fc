"""Reversible codings: the pixels of a tile as integer samples that FLAC stores well.

A tile's pixels are cut into *planes* (bands, complex ones into real and imaginary part). The planes
are coded in one or more *parts*, each by one coding; all parts' samples follow one another in the
tile's FLAC stream, and what a part needs beside its samples goes into the tile's header.

===============  =========================================================================
`prediction`     planes predicted from their neighbours, by one of the predictors
`plain`            no prediction: pixels as they are
`row`              minus the row above
`plane`            minus the plane through three neighbours
`interpolation`    the coding `lattice`: interpolation (`refinement`), sorted by activity
                   (`context_sort`), bands from bands (`interband`), residuals folded at the ends
                   of the range (`range_folding`), only near pixels that are stored (`stored_mask`)
`labels`         maps of few distinct values, by the votes of their neighbours (`neighbor_mode`)
===============  =========================================================================

Steps that `prediction` puts before and after its predictor: `fill_values` (pixels without a value,
where `mask` says), `integer_scaling` (floats that are decimal numbers), `zero_runs`. `select` picks
the parts that make a tile smallest, helped by `cost_model`.

Every coding is exact: decoding gives the bits that were encoded. Numbers of codings are written in
files and never reused.
"""
