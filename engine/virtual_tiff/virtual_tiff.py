"""A FLAC raster as an uncompressed, tiled BigTIFF whose bytes are made when they are read.

All offsets follow from sizes, so nothing is written down, however many tiles there are: a few
kilobytes of directories, then arrays of offsets, which are arithmetic progressions, then blocks of
pixels. The directories are those that GDAL wrote of a small GeoTIFF with the same metadata, but for
the tags that say how pixels are stored; so GDAL reads the same georeference, colors and metadata as
from the raster converted to GeoTIFF.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..model.arguments import band_indexes, checked_window
from ..model.grid import Level, Window, halve_size
from ..model.metadata import RasterMetadata
from ..model.moved_points import move_gcps, move_rpcs
from ..model.transform import window_transform
from ..rasterio_io.template import geotiff_template
from ..reading.flac_raster import FlacRaster
from .directories import (
    LONG8,
    SHORT,
    Directory,
    Field,
    first_integer,
    integers,
    read_first_directory,
    write_directories,
)
from .image import BYTE_COUNTS, MASK, OFFSETS, Image, Samples
from .read_ahead import ReadAhead
from .tiles import CachedTiles, DecodedTileCache

_SUBFILE_TYPE, _WIDTH, _LENGTH, _BITS, _COMPRESSION, _PHOTOMETRIC = 254, 256, 257, 258, 259, 262
_SAMPLES_PER_PIXEL, _PLANAR, _COLOR_MAP, _EXTRA_SAMPLES = 277, 284, 320, 338
_TILE_WIDTH, _TILE_LENGTH, _SAMPLE_FORMAT, _NODATA = 322, 323, 339, 42113
#: How the template stores its pixels: fill order, strips, predictor, directories within others.
_STORAGE = {266, 273, 278, 279, 317, 330, 347}
#: Tags of the full resolution that overviews have as well.
_OF_OVERVIEWS = {
    _PHOTOMETRIC,
    _SAMPLES_PER_PIXEL,
    _COLOR_MAP,
    _EXTRA_SAMPLES,
    _SAMPLE_FORMAT,
    _NODATA,
}
_CHUNKY, _SEPARATE = 1, 2
_REDUCED, _IS_MASK = 1, 4
_TRANSPARENCY_MASK = 4
#: Blocks start at a multiple of the bytes in which GDAL reads over HTTP, so that it reads no pixels
#: with the header.
_PAGE = 1 << 14
#: Bytes of decoded tiles that are kept.
CACHE_BYTES = 64 << 20


class _FileRange(NamedTuple):
    """Some bytes of the file, and what yields those from one to another, counted from its start."""

    start: int
    size: int
    read: Callable[[int, int], Iterator[bytes]]


class VirtualTiff:
    """A FLAC raster, or part of one, as the bytes of a BigTIFF; safe to use from several threads.

    Overviews of a part are those levels whose pixels its upper left corner does not cut. The raster
    stays open. ``cache`` may have tiles of other rasters as well. ``bands`` are the numbers of
    those that the TIFF has, from 1, by default all.

    Attributes
    ----------
    size : int
        Bytes of the file.
    sidecar : bytes, optional
        What the ``.aux.xml`` beside it has, where it needs one.
    """

    def __init__(
        self,
        raster: FlacRaster,
        window: Window | None = None,
        bands: Sequence[int] | None = None,
        cache: DecodedTileCache | None = None,
        ahead: ReadAhead | None = None,
    ):
        self.raster = raster
        self._bands = band_indexes(bands, raster.metadata.count, raster.name)
        self.window = checked_window(raster.levels[0], window, raster.name)
        template, self.sidecar = geotiff_template(self._metadata())
        tags = read_first_directory(template)
        self.tiles = CachedTiles(raster, cache or DecodedTileCache(CACHE_BYTES), ahead)
        self._images = list(self._make_images(tags))
        self._ranges = self._lay_out([self._directory(image, tags) for image in self._images])
        self._starts = [file_range.start for file_range in self._ranges]
        self.size = self._ranges[-1].start + self._ranges[-1].size

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes of a range in pieces; the end of the file ends it."""
        stop = min(stop, self.size)
        first = bisect_right(self._starts, start) - 1
        for file_range in self._ranges[first:]:
            if file_range.start >= stop:
                break
            inside = max(start - file_range.start, 0), min(stop - file_range.start, file_range.size)
            yield from file_range.read(*inside)

    def _metadata(self) -> RasterMetadata:
        metadata, window = self.raster.metadata, self.window
        metadata = replace(metadata, bands=tuple(metadata.bands[band] for band in self._bands))
        if window == self.raster.levels[0].window:
            return metadata
        transform, rpcs = metadata.transform, metadata.rpcs
        return replace(
            metadata,
            width=window.width,
            height=window.height,
            transform=window_transform(transform, window) if metadata.has_transform else transform,
            gcps=move_gcps(metadata.gcps, window),
            rpcs=None if rpcs is None else move_rpcs(rpcs, window),
        )

    def _window_of(self, level: Level) -> Window | None:
        """Return the pixels of a level that show the part, unless its corner cuts one of them."""
        step = 2**level.number
        left, top, width, height = self.window
        if left % step or top % step:
            return None
        width, height = halve_size(width, level.number), halve_size(height, level.number)
        return Window(left // step, top // step, width, height)

    def _make_images(self, tags: Directory) -> Iterator[Image]:
        raster, tiles = self.raster, self.tiles
        dtype = raster.dtype
        held = raster.grid.levels[0].first_band
        samples = Samples(
            bits=first_integer(tags[_BITS]),
            format=first_integer(tags[_SAMPLE_FORMAT]),
            bands=tuple(self._bands),
            is_chunky=len({held(band) for band in self._bands}) == 1,
            fills_nodata=_NODATA in tags,
        )
        # means of floats that fit into fewer bits than float32 has do not fit into them themselves
        of_overviews = replace(samples, bits=dtype.itemsize * 8) if dtype.kind == "f" else samples
        mask = replace(MASK, bands=samples.bands[:1])
        for level in raster.levels:
            window = self._window_of(level)
            if window is not None:
                yield Image(raster, tiles, level, window, of_overviews if level.number else samples)
                if raster.metadata.has_mask:
                    yield Image(raster, tiles, level, window, mask)

    def _directory(self, image: Image, template: Directory) -> dict[int, Field]:
        is_overview, samples = image.level.number > 0, image.samples
        if image.is_mask:
            fields = {_PHOTOMETRIC: integers(_TRANSPARENCY_MASK, type=SHORT)}
            fields[_SAMPLES_PER_PIXEL] = fields[_SAMPLE_FORMAT] = integers(1, type=SHORT)
        else:
            fields = {
                tag: field
                for tag, field in template.items()
                if tag not in _STORAGE and (tag in _OF_OVERVIEWS or not is_overview)
            }
        is_chunky = samples.is_chunky
        return {
            **fields,
            _SUBFILE_TYPE: integers(_REDUCED * is_overview + _IS_MASK * image.is_mask),
            _WIDTH: integers(image.window.width),
            _LENGTH: integers(image.window.height),
            _BITS: integers(*[samples.bits] * len(samples.bands), type=SHORT),
            _COMPRESSION: integers(1, type=SHORT),
            _PLANAR: integers(_CHUNKY if is_chunky else _SEPARATE, type=SHORT),
            _TILE_WIDTH: integers(image.block_width),
            _TILE_LENGTH: integers(image.block_height),
            OFFSETS: Field(LONG8, image.block_count, None),
            BYTE_COUNTS: Field(LONG8, image.block_count, None),
        }

    def _lay_out(self, directories: list[dict[int, Field]]) -> list[_FileRange]:
        """Give every image its offset, and return what the file is made of."""
        # A directory holds an array of one offset itself. So the header is written once to see how
        # long it is, and once more when the offsets are known, which does not change its length.
        held = [
            (number, tag)
            for number, image in enumerate(self._images)
            for tag in (OFFSETS, BYTE_COUNTS)
            if image.block_count == 1
        ]
        for number, tag in held:
            directories[number][tag] = integers(0, type=LONG8)
        _, _, end = write_directories(directories)
        offset = first_block = -(-end // _PAGE) * _PAGE
        for image in self._images:
            image.offset = offset
            offset += image.size
        for number, tag in held:
            directories[number][tag] = Field(LONG8, 1, self._images[number].array(tag, 0, 1))
        header, arrays, end = write_directories(directories)
        ranges = [_FileRange(0, len(header), _bytes_reader(header))]
        for array in arrays:
            image = self._images[array.directory]
            read = _array_reader(image, array.tag)
            ranges.append(_FileRange(array.offset, 8 * image.block_count, read))
        padding = bytes(first_block - end)
        ranges.append(_FileRange(end, len(padding), _bytes_reader(padding)))
        for image in self._images:
            ranges.append(_FileRange(image.offset, image.size, _block_reader(image)))
        return [file_range for file_range in ranges if file_range.size]


def _bytes_reader(data: bytes) -> Callable[[int, int], Iterator[bytes]]:
    def read(start: int, stop: int) -> Iterator[bytes]:
        yield data[start:stop]

    return read


def _array_reader(image: Image, tag: int) -> Callable[[int, int], Iterator[bytes]]:
    def read(start: int, stop: int) -> Iterator[bytes]:
        first = start // 8
        data = image.array(tag, first, -(-stop // 8))
        yield data[start - 8 * first : stop - 8 * first]

    return read


def _block_reader(image: Image) -> Callable[[int, int], Iterator[bytes]]:
    def read(start: int, stop: int) -> Iterator[bytes]:
        size = image.block_bytes
        first = start // size
        for number, data in enumerate(image.blocks(first, -(-stop // size)), start=first):
            begin = number * size
            yield data[max(start - begin, 0) : stop - begin]

    return read
