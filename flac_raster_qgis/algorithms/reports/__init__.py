"""Results of tools as pages."""
