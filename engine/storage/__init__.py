"""Bytes in and out: sources of bytes, planning of ranges, URLs, caches, atomic output files."""
