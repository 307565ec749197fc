"""Tiles by themselves, outside of files."""

from flac_raster_qgis.engine.tile.decoding import StoredTile, Tile, decode_tiles


def decode_tile(data, name, *, key=None, shape=None, check_md5=True):
    """Return the only tile of some bytes, or raise its error."""
    (found,) = decode_tiles([StoredTile(data, key, shape)], name, check_md5=check_md5)
    if not isinstance(found, Tile):
        raise found
    return found
