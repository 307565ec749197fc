"""The file: header, tags, tile index and tile statistics."""
