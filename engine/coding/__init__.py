"""Reversible codings: the pixels of a tile as integer samples that FLAC stores well.

A tile's pixels are cut into *planes* (bands, complex ones into real and imaginary part). The planes
are coded in one or more *parts*, each by one coding; all parts' samples follow one another in the
tile's FLAC stream, and what a part needs beside its samples goes into the tile's header.

=============  ===========================================================================
`residual`     planes predicted from their neighbours, by one of the predictors
`plain`          no prediction: pixels as they are
`row`            minus the row above
`plane`          minus the plane through three neighbours
`lattice`        interpolation (`refinement`), sorted by activity (`order`), bands from bands
                 (`bands`), residuals folded at the ends of the range (`bounds`), only near
                 pixels that are stored (`present`)
`labels`       maps of few distinct values, by the votes of their neighbours (`vote`)
=============  ===========================================================================

Steps that `residual` puts before and after its predictor: `holes` (pixels without a value, where
`mask` says), `integers` (floats that are decimal numbers), `sparse` (runs of zeros). `choose` picks
the parts that make a tile smallest, helped by `estimate`.

Every coding is exact: decoding gives the bits that were encoded. Numbers of codings are written in
files and never reused.
"""
