"""What all tests share."""

import gc

from hypothesis import HealthCheck, settings
from kits.nginx import nginx, nginx_process  # noqa: F401

_COMMON = {
    "deadline": None,  # the machines that run this are noisy
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}
#: The same examples each time: a test fails because of the code, not because of the day.
settings.register_profile("project", max_examples=60, derandomize=True, **_COMMON)
#: Other examples each time, by `make test-random`; a failure prints how to repeat it.
settings.register_profile("random", max_examples=600, derandomize=False, print_blob=True, **_COMMON)
settings.load_profile("project")


def pytest_collection_finish():
    """Leave what is imported by now to itself; many tests ask for collections of what they left.

    Each would go through all of it again, which takes a tenth of a second once QGIS is loaded.
    """
    gc.collect()
    gc.freeze()
