"""Reversible codings: the pixels of a tile as integer samples that FLAC stores well.

A tile consists of *planes* (bands, complex ones as real and imaginary part). The planes are encoded
in one or more *segments*, each by one *codec*. The samples of all segments follow one another in
the FLAC stream of the tile; their side information goes into the tile header.

===============  =========================================================================
`registry`       all codecs by number; each has the methods of `codec.Codec`
`prediction`     what codings 0 to 3 share, which store residuals; `plain`, `row` and `plane`
`interpolation`  coding 3, `lattice`
`labels`         coding 4: categorical rasters, predicted by the votes of neighbors
`planes`         planes before prediction: fill values taken out, decimal floats as integers
`select`         the choice between codings, helped by `cost_model` and tuned in `effort`
`decode`         from segments to planes
===============  =========================================================================

Every coding is exact: decoding gives the bits that were encoded.
"""
