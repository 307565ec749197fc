"""Workers of a Dask cluster, on this machine or on others that see the same files."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from ..errors import InputError, Message, MissingDependency
from ..storage.urls import has_login, redact, redact_text

#: Seconds to wait for the scheduler.
_TIMEOUT = 10


@contextmanager
def dask_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to a Dask scheduler; yield an executor and its number of threads.

    The address is such as ``tcp://host:8786``. Raises `MissingDependency` if distributed is not
    installed, and `InputError` if there is no scheduler, or it has no workers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingDependency(
            "package.broken", purpose=Message("purpose.dask"), package="distributed", reason=error
        ) from error
    full = address if "://" in address else f"tcp://{address}"
    try:
        with ThreadPoolExecutor(1) as thread:  # the calling thread may have an event loop
            thread.submit(asyncio.run, _greet(address)).result()
    except Exception as error:  # of Dask, tornado, asyncio or the system
        reason = redact_text(full, str(error)) or type(error).__name__
        raise InputError("dask.no_scheduler", redact(full), reason=reason) from (
            None if has_login(full) else error
        )
    with Client(address, timeout=_TIMEOUT, set_as_default=False) as client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise InputError("dask.no_workers", redact(full))
        # not pure: otherwise Dask hashes all pixels to find equal calls
        yield client.get_executor(pure=False), threads


async def _greet(address: str) -> None:
    """Connect and disconnect; a `Client` that cannot connect may block when it is collected."""
    from distributed.comm import connect
    from distributed.security import Security

    options = Security().get_connection_args("client")
    await (await connect(address, timeout=_TIMEOUT, **options)).close()
