"""Calls on an executor: in order, bounded, made again, cancelled."""

import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor

import pytest
from flac_raster_qgis.engine.errors import Cancelled, CorruptTile, WorkerError
from flac_raster_qgis.engine.job import NO_JOB, Job
from flac_raster_qgis.engine.parallel.ordered import ATTEMPTS, Tasks


class Flaky:
    """Fails some times before it works."""

    def __init__(self, times, error):
        self.times, self.error, self.calls = times, error, 0

    def __call__(self):
        self.calls += 1
        if self.calls <= self.times:
            raise self.error
        return "done"


def tasks(executor, workers=2, job=NO_JOB):
    return Tasks(executor, workers, job, "The work")


def test_results_come_in_the_order_of_the_calls():
    with ThreadPoolExecutor(4) as executor, tasks(executor) as work:
        for n in range(4):
            work.add(str(n), lambda n=n: time.sleep((4 - n) / 50) or n)
        assert [work.take() for _ in range(4)] == [0, 1, 2, 3]
        assert not work


def test_full_beyond_twice_the_workers():
    with ThreadPoolExecutor(1) as executor, tasks(executor, workers=2) as work:
        filled = []
        for n in range(5):
            work.add(str(n), int)
            filled.append(work.full)
        assert filled == [False, False, False, False, True]


@pytest.mark.parametrize("error", [OSError(5, "I/O"), MemoryError(), KeyError("bug")])
def test_a_call_that_fails_for_a_moment_is_made_again(error):
    call = Flaky(ATTEMPTS - 1, error)
    with ThreadPoolExecutor(1) as executor, tasks(executor) as work:
        work.add("tile 3", call)
        assert work.take() == "done" and call.calls == ATTEMPTS


def test_a_call_that_keeps_failing_is_named():
    call = Flaky(99, ZeroDivisionError("no such number."))
    with ThreadPoolExecutor(1) as executor, tasks(executor) as work:
        work.add("a.tif, tile 3", call)
        with pytest.raises(WorkerError) as caught:
            work.take()
    assert str(caught.value).startswith(
        "a.tif, tile 3 failed 3 times, at last with ZeroDivisionError: no such number; nothing"
    )
    assert isinstance(caught.value.__cause__, ZeroDivisionError) and call.calls == ATTEMPTS


def test_what_the_engine_raises_on_purpose_is_not_tried_again():
    call = Flaky(99, CorruptTile("damaged."))
    with ThreadPoolExecutor(1) as executor, tasks(executor) as work:
        work.add("tile", call)
        with pytest.raises(CorruptTile) as caught:
            work.take()
    assert caught.value is call.error and call.calls == 1


class Broken(Executor):
    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.set_exception(BrokenExecutor("A process was terminated abruptly."))
        return future


class Ended(Executor):
    def submit(self, fn, /, *args, **kwargs):
        raise RuntimeError("cannot schedule new futures after shutdown")


@pytest.mark.parametrize("executor", [Broken(), Ended()])
def test_lost_workers_are_a_sentence(executor):
    with pytest.raises(WorkerError) as caught, tasks(executor) as work:
        work.add("a.tif, tile 3", int)
        work.take()
    text = str(caught.value)
    assert text.startswith("a.tif, tile 3: the workers are lost (") and text.endswith("workers.")


def test_workers_that_never_answer_can_be_cancelled():
    class Silent(Executor):
        def submit(self, fn, /, *args, **kwargs):
            return Future()

    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    with pytest.raises(Cancelled, match="The work was cancelled"):
        with tasks(Silent(), job=Job(is_cancelled=stop.is_set)) as work:
            work.add("tile", int)
            future = work._pending[0].future
            work.take()
    assert time.monotonic() - started < 10
    assert future.cancelled()


def test_an_error_cancels_the_rest():
    gate = threading.Event()
    with ThreadPoolExecutor(1) as executor:
        with pytest.raises(CorruptTile), tasks(executor) as work:
            work.add("tile 0", Flaky(9, CorruptTile("damaged.")))
            work.add("tile 1", gate.wait)
            rest = [Flaky(0, None) for _ in range(5)]
            for call in rest:
                work.add("tile", call)
            work.take()
        gate.set()
    assert not any(call.calls for call in rest)


def test_a_failure_while_all_is_being_cancelled_is_no_failure():
    """Whoever ends a program ends its workers too, in any order."""
    stop = threading.Event()

    def fail():
        stop.set()
        raise OSError

    with ThreadPoolExecutor(1) as executor, pytest.raises(Cancelled):
        with tasks(executor, job=Job(is_cancelled=stop.is_set)) as work:
            work.add("tile", fail)
            work.take()
