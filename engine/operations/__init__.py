"""What users do with rasters; the command line, the Processing tools and Python call these and nothing below them."""

from .compare import Comparison, compare
from .convert import ConvertResult, convert
from .info import describe
from .verify import Verification, verify

__all__ = [
    "Comparison",
    "ConvertResult",
    "Verification",
    "compare",
    "convert",
    "describe",
    "verify",
]
