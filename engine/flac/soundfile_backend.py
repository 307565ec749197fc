"""libsndfile through soundfile, which has wheels for all systems; pyflac needs a compiler.

It uses libFLAC, but the sizes of frames and partitions cannot be set: files are a little larger
than with pyflac.
"""

from __future__ import annotations

import inspect
import io

import numpy as np
import soundfile

from ..errors import Message
from .stream import FlacError, Samples, Settings, StreamInfo

#: libsndfile returns silence for a frame whose CRC is wrong, so the MD5 must always be checked.
CHECKS_FRAMES = False

#: Highest level of libFLAC, which is 1 for libsndfile.
_HIGHEST = 8
#: Releases before 0.13 know level 5 only.
_KNOWS_LEVELS = "compression_level" in inspect.signature(soundfile.SoundFile).parameters


def encode(samples: Samples, settings: Settings) -> bytes:
    """See `flac_raster_qgis.engine.flac.encode`."""
    level = settings.compression_level / _HIGHEST
    options = {"compression_level": level} if _KNOWS_LEVELS else {}
    is_short = samples.itemsize == 1
    target = io.BytesIO()
    try:
        with soundfile.SoundFile(
            target,
            "w",
            samplerate=settings.sample_rate,
            channels=len(samples) if samples.ndim == 2 else 1,
            format="FLAC",
            subtype="PCM_S8" if is_short else "PCM_16",
            **options,
        ) as stream:
            # transposed, because libsndfile interleaves channels; it scales samples to their width
            stream.write((samples.astype(np.int16) << 8 if is_short else samples).T)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise FlacError(f"libsndfile refuses {settings}: {error}") from error
    return target.getvalue()


def decode(data: bytes, info: StreamInfo) -> Samples:
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
        expected = info.total_samples
        raise FlacError(Message("stream.ends", found=len(samples), expected=expected))
    if info.bits_per_sample == 8:  # libsndfile scales samples to the requested width
        samples = (samples >> 8).astype(np.int8)
    return np.ascontiguousarray(samples.T)
