"""Codings 0 to 3: their shared steps, and the predictors plain, row and plane."""
