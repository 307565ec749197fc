"""Small steps are serialized, see `coding.gil_contention`."""

import multiprocessing
import os
import threading
import time

import pytest
from flac_raster_qgis.engine.coding.gil_contention import released, serialize_small_ops

SMALL, LARGE = 81, 1 << 20


def in_thread(call):
    """Return a thread that has begun a call."""
    thread = threading.Thread(target=call)
    thread.start()
    return thread


@pytest.fixture
def holder():
    """Have another thread hold the turn until the event is set."""
    holding, enough = threading.Event(), threading.Event()

    def hold():
        with serialize_small_ops(SMALL):
            holding.set()
            enough.wait(30)

    thread = in_thread(hold)
    assert holding.wait(10)
    yield enough
    enough.set()
    thread.join()


def entered(pixels):
    """Return a thread that takes a turn, and the event of having it."""
    event = threading.Event()

    def enter():
        with serialize_small_ops(pixels):
            event.set()

    return in_thread(enter), event


def test_small_steps_wait_and_large_ones_do_not(holder):
    small, has_turn = entered(SMALL)
    large, at_once = entered(LARGE)
    assert at_once.wait(10) and not has_turn.wait(0.2)
    holder.set()
    assert has_turn.wait(10)
    small.join()
    large.join()


def test_what_is_long_happens_beside():
    other = []

    def work():
        with serialize_small_ops(SMALL), released():
            thread, has_turn = entered(SMALL)
            other.append(has_turn.wait(10))
            thread.join()

    in_thread(work).join()
    assert other == [True]


def test_the_main_thread_does_not_wait(holder):
    start = time.monotonic()
    with serialize_small_ops(SMALL), released():
        pass
    assert time.monotonic() - start < 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_process_does_not_wait_for_a_thread_it_does_not_have(holder):
    process = multiprocessing.get_context("fork").Process(target=enter_and_leave)
    process.start()
    process.join(10)
    code = process.exitcode
    process.kill()
    assert code == 0


def enter_and_leave():
    with serialize_small_ops(SMALL), released():
        pass
