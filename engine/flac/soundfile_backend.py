"""libsndfile through soundfile: reads where pyflac is not installed."""

from __future__ import annotations

import io

import numpy as np
import soundfile

from .stream import FlacError, StreamInfo

#: libsndfile returns silence for a frame whose CRC is wrong, so the MD5 must always be checked.
CHECKS_FRAMES = False


def decode(data: bytes, info: StreamInfo) -> np.ndarray:
    """See `flac_raster_qgis.engine.flac.decode_channels`."""
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as stream:
            if (stream.channels, stream.frames) != (info.channels, info.total_samples):
                raise FlacError(
                    f"{stream.frames} samples in {stream.channels} channels where "
                    f"{info.total_samples} in {info.channels} were expected"
                )
            samples = stream.read(dtype="int16", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise FlacError(str(error)) from error
    if len(samples) != info.total_samples:
        raise FlacError(
            f"the stream ends after {len(samples)} of {info.total_samples} samples: it is cut off"
        )
    if info.bits_per_sample == 8:  # libsndfile scales samples to the width asked for
        samples = (samples >> 8).astype(np.int8)
    return np.ascontiguousarray(samples.T)
