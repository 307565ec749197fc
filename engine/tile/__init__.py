"""One tile: pixels to one FLAC stream with its tile header, and back."""
