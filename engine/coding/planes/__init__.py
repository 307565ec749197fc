"""Planes of a tile before prediction: fill values taken out, decimal numbers as integers, costs."""
