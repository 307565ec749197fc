"""What users do with rasters: all that the command line and the Processing tools call."""

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
