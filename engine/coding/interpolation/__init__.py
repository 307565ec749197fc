"""Coding 3, named `lattice` in files: hierarchical interpolation."""
