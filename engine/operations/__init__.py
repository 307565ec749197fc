"""What users do with rasters: all that the command line and the Processing tools call."""

from .area import Area
from .batch import FileOutcome, convert_files
from .compare import Comparison, compare
from .convert import ConvertResult, convert
from .extract import ExtractResult, extract
from .info import describe
from .plan import AreaPlan, plan_area
from .query import query
from .tile_filter import tiles_where
from .verify import CheckedTile, Verification, verify

__all__ = [
    "Area",
    "AreaPlan",
    "CheckedTile",
    "Comparison",
    "ConvertResult",
    "ExtractResult",
    "FileOutcome",
    "Verification",
    "compare",
    "convert",
    "convert_files",
    "describe",
    "extract",
    "plan_area",
    "query",
    "tiles_where",
    "verify",
]
