"""Waits for the interpreter lock are short while threads work."""

import multiprocessing
import os
import sys

import pytest
from flac_raster_qgis.engine.parallel.executors import worker_pool
from flac_raster_qgis.engine.parallel.ordered import Call, map_ordered
from flac_raster_qgis.engine.parallel.switch_interval import short_waits

LONG, SHORT = 0.007, 0.0005


@pytest.fixture(autouse=True)
def interval():
    before = sys.getswitchinterval()
    sys.setswitchinterval(LONG)
    yield
    sys.setswitchinterval(before)


def now():
    return pytest.approx(sys.getswitchinterval())


def test_short_while_threads_work_and_as_before_afterwards():
    with worker_pool(2) as (executor, count):
        calls = [Call("interval", sys.getswitchinterval)] * 3
        assert list(map_ordered(executor, calls, in_flight=count)) == [now()] * 3
        assert now() == SHORT
    assert now() == LONG


def test_one_worker_needs_none():
    with worker_pool(1):
        assert now() == LONG


def test_as_before_after_an_error():
    with pytest.raises(ZeroDivisionError), worker_pool(2):
        raise ZeroDivisionError
    assert now() == LONG


def test_short_until_the_last_one_has_ended():
    first, second = short_waits(), short_waits()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert now() == SHORT
    second.__exit__(None, None, None)
    assert now() == LONG


@pytest.mark.parametrize("own", [0.0002, 0.003])
def test_what_others_set_meanwhile_stays(own):
    with short_waits():
        sys.setswitchinterval(own)
    assert now() == own


@pytest.mark.parametrize("own", [0.0001, SHORT])
def test_ones_that_are_short_already_stay(own):
    with short_waits():
        pass
    sys.setswitchinterval(own)
    with short_waits():
        assert now() == own
    assert now() == own


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_waits_as_before():
    with short_waits():
        process = multiprocessing.get_context("fork").Process(target=check_in_fork)
        process.start()
        process.join(10)
    assert process.exitcode == 0


def check_in_fork():
    assert now() == LONG
    with short_waits():
        assert now() == SHORT
    assert now() == LONG
