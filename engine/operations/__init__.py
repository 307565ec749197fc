"""Operations on rasters: everything that the command line and the Processing tools call."""

from .area import Area
from .batch import FileOutcome, convert_files
from .compare import Comparison, compare
from .convert import ConvertResult, convert
from .extract import ExtractResult, extract
from .index import IndexResult, index
from .info import describe, info
from .plan import AreaPlan, plan_area
from .query import query
from .sample import Samples, sample
from .sample_plan import SamplePlan, plan_sample
from .verify import TileCheck, Verification, verify

__all__ = [
    "Area",
    "AreaPlan",
    "TileCheck",
    "Comparison",
    "ConvertResult",
    "ExtractResult",
    "FileOutcome",
    "IndexResult",
    "SamplePlan",
    "Samples",
    "Verification",
    "compare",
    "convert",
    "convert_files",
    "describe",
    "extract",
    "index",
    "info",
    "plan_area",
    "plan_sample",
    "query",
    "sample",
    "verify",
]
