"""libFLAC through the cffi handles that pyflac is built on.

pyflac's own classes lose samples (its one-shot decoder stops early, its stream encoder leaves
STREAMINFO empty unless it can seek, its decoder knows 16 and 32 bits only), so the calls below
drive libFLAC itself, with callbacks that check every length before they write.
"""

from __future__ import annotations

import ctypes
from dataclasses import fields
from typing import Any, Callable

import numpy as np
from pyflac import decoder as _pyflac_decoder
from pyflac import encoder as _pyflac_encoder

from ..errors import Message
from .stream import MAGIC, FlacError, Samples, Settings, StreamInfo

#: libFLAC checks each frame's CRC and reports a mismatch.
CHECKS_FRAMES = True

_encoder, _encoder_ffi = _pyflac_encoder._lib, _pyflac_encoder._ffi
_decoder, _decoder_ffi = _pyflac_decoder._lib, _pyflac_decoder._ffi

_CONTINUE, _END, _ABORT = 0, 1, 1
#: What libFLAC's FLAC__StreamDecoderErrorStatus says, by number.
_PROBLEMS = (
    Message("stream.lost_sync"),
    Message("stream.frame_header"),
    Message("stream.frame_crc"),
    Message("stream.frame_kind"),
    Message("stream.metadata"),
)
#: STREAMINFO is always the first block: after the magic and the head of the block.
_STREAMINFO_BODY = slice(len(MAGIC) + 4, len(MAGIC) + 4 + StreamInfo.SIZE)


class _Sink:
    """Destination of the encoder.

    It cannot seek: libFLAC would then ask for the position at every frame, and each such callback
    waits for the GIL. STREAMINFO comes at the end instead, and `encode` inserts it.
    """

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.info: StreamInfo | None = None


@_encoder_ffi.callback("FLAC__StreamEncoderWriteCallback", error=_ABORT)
def _write_encoded(_: Any, data: Any, size: int, _samples: int, _frame: int, handle: Any) -> int:
    _encoder_ffi.from_handle(handle).buffer += _encoder_ffi.buffer(data, size)
    return _CONTINUE


@_encoder_ffi.callback("FLAC__StreamEncoderMetadataCallback")
def _take_stream_info(_: Any, metadata: Any, handle: Any) -> None:
    info = metadata.data.stream_info
    *own, _ = fields(StreamInfo)  # the last one is the MD5, the others are named as in libFLAC
    numbers = {field.name: getattr(info, field.name) for field in own}
    md5 = bytes(_encoder_ffi.buffer(info.md5sum))
    _encoder_ffi.from_handle(handle).info = StreamInfo(**numbers, md5=md5)


def encode(samples: Samples, settings: Settings) -> bytes:
    """See `flac_raster_qgis.engine.flac.encode`."""
    channels = len(samples) if samples.ndim == 2 else 1
    # transposed, because libFLAC interleaves channels
    wide = np.ascontiguousarray(samples.T, dtype=np.int32)
    count = wide.size // channels
    sink = _Sink()
    handle = _encoder_ffi.new_handle(sink)
    encoder = _encoder.FLAC__stream_encoder_new()
    try:
        # a compression level sets what follows it, too
        for name, value in (
            ("channels", channels),
            ("bits_per_sample", 8 * samples.itemsize),
            ("sample_rate", settings.sample_rate),
            ("streamable_subset", True),
            ("compression_level", settings.compression_level),
            ("blocksize", settings.blocksize),
            ("max_residual_partition_order", settings.partition_order),
            ("total_samples_estimate", count),
        ):
            getattr(_encoder, f"FLAC__stream_encoder_set_{name}")(encoder, value)
        null = _encoder_ffi.NULL
        status = _encoder.FLAC__stream_encoder_init_stream(
            encoder, _write_encoded, null, null, _take_stream_info, handle
        )
        if status:
            raise FlacError(f"libFLAC refuses {settings} (status {status})")
        pointer = _encoder_ffi.cast("int32_t *", wide.ctypes.data)
        done = _encoder.FLAC__stream_encoder_process_interleaved(encoder, pointer, count)
        # finish() also frees libFLAC's buffers, so it is called after a failure too
        if not (_encoder.FLAC__stream_encoder_finish(encoder) and done) or sink.info is None:
            raise FlacError("libFLAC failed while encoding")
        sink.buffer[_STREAMINFO_BODY] = sink.info.pack()
        return bytes(sink.buffer)
    finally:
        _encoder.FLAC__stream_encoder_delete(encoder)


class _Target:
    """Input of the decoder, and the samples that it fills, of shape (channels, count)."""

    def __init__(self, data: bytes, samples: Samples, bits: int):
        self.data = memoryview(data)
        self.position = 0
        self.samples = samples
        self.filled = 0
        self.bits = bits
        self.problem = ""


@_decoder_ffi.callback("FLAC__StreamDecoderReadCallback", error=2)
def _read_encoded(_: Any, buffer: Any, size: Any, handle: Any) -> int:
    target = _decoder_ffi.from_handle(handle)
    chunk = target.data[target.position : target.position + size[0]]
    size[0] = len(chunk)
    if not len(chunk):
        return _END
    _decoder_ffi.memmove(buffer, chunk, len(chunk))
    target.position += len(chunk)
    return _CONTINUE


@_decoder_ffi.callback("FLAC__StreamDecoderWriteCallback", error=_ABORT)
def _write_decoded(_: Any, frame: Any, channels: Any, handle: Any) -> int:
    target = _decoder_ffi.from_handle(handle)
    header = frame.header
    count, total = target.samples.shape
    end = target.filled + header.blocksize
    if header.channels != count or header.bits_per_sample != target.bits or end > total:
        target.problem = (
            f"a frame holds {header.blocksize} samples of {header.bits_per_sample} bits in "
            f"{header.channels} channels where {total - target.filled} of {target.bits} bits in "
            f"{count} were expected"
        )
        return _ABORT
    for number in range(count):
        target.samples[number, target.filled : end] = np.frombuffer(
            _decoder_ffi.buffer(channels[number], 4 * header.blocksize), np.int32
        )
    target.filled = end
    return _CONTINUE


@_decoder_ffi.callback("FLAC__StreamDecoderErrorCallback")
def _note_error(_: Any, status: int, handle: Any) -> None:
    target = _decoder_ffi.from_handle(handle)
    known = 0 <= status < len(_PROBLEMS)
    target.problem = target.problem or (_PROBLEMS[status] if known else f"libFLAC error {status}")


def _memory_file() -> Callable[[bytes, int, bytes], int | None] | None:
    """Return C's fmemopen, which exists everywhere but on Windows."""
    try:
        function = ctypes.CDLL(None).fmemopen
    except (TypeError, OSError, AttributeError):
        return None
    function.restype = ctypes.c_void_p
    function.argtypes = ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p
    return function


_open_in_memory = _memory_file()


def _start(decoder: Any, data: bytes, handle: Any) -> int:
    """Start decoding; returns libFLAC's status.

    libFLAC reads 8 KiB at a time. If it can read memory as a file, it need not call back into
    Python and wait for the GIL each time.
    """
    null = _decoder_ffi.NULL
    callbacks = _write_decoded, null, _note_error, handle
    file = _open_in_memory(data, len(data), b"rb") if _open_in_memory and data else None
    if file:
        stream = _decoder_ffi.cast("FILE *", file)  # libFLAC closes it
        status = _decoder.FLAC__stream_decoder_init_FILE(decoder, stream, *callbacks)
    else:
        unused = [null] * 4
        status = _decoder.FLAC__stream_decoder_init_stream(
            decoder, _read_encoded, *unused, *callbacks
        )
    return int(status)


def decode(data: bytes, info: StreamInfo) -> Samples:
    """See `flac_raster_qgis.engine.flac.decode_channels`."""
    shape = info.channels, info.total_samples
    samples = np.empty(shape, np.dtype(f"i{info.bits_per_sample // 8}"))
    target = _Target(data, samples, info.bits_per_sample)
    handle = _decoder_ffi.new_handle(target)
    decoder = _decoder.FLAC__stream_decoder_new()
    try:
        status = _start(decoder, data, handle)
        if status:
            raise FlacError(f"libFLAC cannot start decoding (status {status})")
        done = _decoder.FLAC__stream_decoder_process_until_end_of_stream(decoder)
        _decoder.FLAC__stream_decoder_finish(decoder)
        if target.problem or not done:
            raise FlacError(target.problem or Message("stream.failed"))
        if target.filled != len(samples[0]):
            expected = len(samples[0])
            raise FlacError(Message("stream.ends", found=target.filled, expected=expected))
        return samples
    finally:
        _decoder.FLAC__stream_decoder_delete(decoder)
