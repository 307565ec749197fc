"""FLAC streams: encode samples as one complete stream, and decode them.

Tiles of this project are mono, of 8 or 16 bits; files of other programs may have up to 8 channels
and 32 bits.

Two backends have the same two functions: pyflac (libFLAC itself), or soundfile (libsndfile, which
has wheels for all systems) if pyflac is not installed.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Protocol

from ..errors import MissingDependency
from .stream import FlacError, Samples, Settings, StreamInfo


class Backend(Protocol):
    """Interface of a module that encodes and decodes."""

    CHECKS_FRAMES: bool

    def encode(self, samples: Samples, settings: Settings) -> bytes:
        """See `flac_raster_qgis.engine.flac.encode`."""

    def decode(self, data: bytes, info: StreamInfo) -> Samples:
        """See `flac_raster_qgis.engine.flac.decode_channels`."""


@cache
def backend() -> Backend:
    """Return the backend: pyflac if it can be imported, else soundfile.

    Raises
    ------
    MissingDependency
        If neither can be imported.
    """
    try:
        from . import pyflac_backend

        return pyflac_backend
    except (ImportError, OSError):
        try:
            from . import soundfile_backend

            return soundfile_backend
        except (ImportError, OSError) as error:
            raise MissingDependency("flac.no_library", reason=error, package="soundfile") from error


def encode(samples: Samples, settings: Settings) -> bytes:
    """Encode samples as one complete FLAC stream; raise `FlacError` if libFLAC refuses.

    There is at least one sample, of int8, int16 or int32; the shape is (n,) or (channels, n).
    """
    return backend().encode(samples, settings)


def decode(data: bytes, info: StreamInfo, *, check_md5: bool = True) -> Samples:
    """Decode the only channel of a complete FLAC stream; see `decode_channels`."""
    mono: Samples = decode_channels(data, info, check_md5=check_md5)[0]
    return mono


def decode_channels(data: bytes, info: StreamInfo, *, check_md5: bool = True) -> Samples:
    """Decode a complete FLAC stream to samples of shape (channels, n), of int8, int16 or int32.

    Parameters
    ----------
    data : bytes
    info : StreamInfo
        Parsed from ``data`` and checked by the caller: memory is allocated for its sample count.
    check_md5 : bool
        Compare the samples with the MD5 of STREAMINFO; always done if the backend does not check
        frame CRCs.

    Raises
    ------
    FlacError
        If the stream is damaged, truncated, or does not agree with STREAMINFO.
    """
    samples = backend().decode(data, info)
    if (check_md5 or not backend().CHECKS_FRAMES) and md5(samples) != info.md5:
        raise FlacError(
            f"the samples' MD5 is {md5(samples).hex()}, STREAMINFO says {info.md5.hex()}"
        )
    return samples


def md5(samples: Samples) -> bytes:
    """Return the MD5 of STREAMINFO: of the samples as little-endian bytes, channels interleaved."""
    little = samples.T.astype(samples.dtype.newbyteorder("<"), copy=False)
    return hashlib.md5(little.tobytes(), usedforsecurity=False).digest()
