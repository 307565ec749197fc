"""What users do with rasters: all that the command line and the Processing tools call."""

from .area import Area
from .batch import FileOutcome, convert_files
from .compare import Comparison, compare
from .convert import ConvertResult, convert
from .extract import ExtractResult, extract
from .info import describe
from .query import Query, query
from .tile_filter import tiles_where
from .verify import CheckedTile, Verification, verify

__all__ = [
    "Area",
    "CheckedTile",
    "Comparison",
    "ConvertResult",
    "ExtractResult",
    "FileOutcome",
    "Query",
    "Verification",
    "compare",
    "convert",
    "convert_files",
    "describe",
    "extract",
    "query",
    "tiles_where",
    "verify",
]
