"""What users do with rasters: all that the command line and the Processing tools call."""

from .batch import FileOutcome, convert_files
from .compare import Comparison, compare
from .convert import ConvertResult, convert
from .info import describe
from .verify import Verification, verify
from .where import tiles_where

__all__ = [
    "Comparison",
    "ConvertResult",
    "FileOutcome",
    "Verification",
    "compare",
    "convert",
    "convert_files",
    "describe",
    "tiles_where",
    "verify",
]
