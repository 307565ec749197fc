"""Errors come out of another process as they went in."""

import copy
import pickle

import pytest
from flac_raster_qgis.engine import errors

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.FlacRasterError)
]
TEXTS = ["Short.", "With a \x1b[31m colour", "x" * 5000, "Ends with dots...", "ü" * 901]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_unchanged(kind, protocol):
    for text in TEXTS:
        error = _error(kind, text)
        back = pickle.loads(pickle.dumps(error, protocol))
        assert type(back) is kind and str(back) == str(error) and back.args == error.args
        assert back.to_dict() == error.to_dict() and back.message.values == error.message.values


def _error(kind, text):
    if kind is errors.Cancelled:
        return kind(text)
    reason = errors.CorruptFile("file.cut_off", text, offset=3, size=5)
    return kind("cache.unusable", name=text, reason=reason, expected=1, found=(text, 2))


def test_copies_and_second_journeys_too():
    error = errors.Cancelled("The conversion")
    for _ in range(3):
        error = copy.copy(pickle.loads(pickle.dumps(error)))
    assert str(error) == "The conversion was cancelled; nothing was written."
