"""Calls on an executor: ordered, bounded, retried, cancelled."""

import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import closing

import pytest
from flac_raster_qgis.engine.errors import Cancelled, CorruptTile, WorkerError
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.parallel.ordered import ATTEMPTS, Call, map_ordered


class Flaky:
    """Fails some times before it works."""

    def __init__(self, times, error):
        self.times, self.error, self.calls = times, error, 0

    def __call__(self):
        self.calls += 1
        if self.calls <= self.times:
            raise self.error
        return "done"


class Silent(Executor):
    """Never answers."""

    def __init__(self):
        self.futures = []

    def submit(self, fn, /, *args, **kwargs):
        self.futures.append(Future())
        return self.futures[-1]


def run(executor, *functions, name="tile", in_flight=4, attempts=ATTEMPTS, **options):
    calls = (Call(name, function) for function in functions)
    return map_ordered(
        executor, calls, in_flight=in_flight, attempts=attempts, operation="The work", **options
    )


def test_results_come_in_the_order_of_the_calls():
    functions = [lambda n=n: time.sleep((4 - n) / 50) or n for n in range(4)]
    with ThreadPoolExecutor(4) as executor:
        assert list(run(executor, *functions)) == [0, 1, 2, 3]


@pytest.mark.parametrize("in_flight", [1, 2, 5])
def test_no_more_calls_are_in_flight_than_allowed(in_flight):
    executor = Silent()
    results = run(executor, *[int] * 9, in_flight=in_flight)
    counts = []
    for n in range(9):
        threading.Timer(0.05, lambda n=n: executor.futures[n].set_result(n)).start()
        assert next(results) == n
        counts.append(len(executor.futures) - n)
    assert max(counts) == in_flight and list(results) == []


def test_what_is_done_is_yielded_before_the_next_call():
    made = []

    def calls():
        for n in range(3):
            made.append(n)
            yield Call("tile", int)

    class Inline(Executor):
        def submit(self, fn, /, *args, **kwargs):
            future = Future()
            future.set_result(fn(*args, **kwargs))
            return future

    seen = [list(made) for _ in map_ordered(Inline(), calls(), in_flight=9)]
    assert seen == [[0], [0, 1], [0, 1, 2]]


def test_calls_that_depend_on_results():
    """None asks for a result before the next call."""
    found = []

    def calls():
        yield from [Call("tile", lambda n=n: n) for n in (1, 2)]
        while len(found) < 2:
            yield None
        yield Call("sum", sum, list(found))

    with ThreadPoolExecutor(2) as executor:
        for result in map_ordered(executor, calls(), in_flight=4):
            found.append(result)
    assert found == [1, 2, 3]


@pytest.mark.parametrize("error", [OSError(5, "I/O"), MemoryError(), KeyError("bug")])
def test_a_call_that_fails_for_a_moment_is_made_again(error):
    call = Flaky(ATTEMPTS - 1, error)
    with ThreadPoolExecutor(1) as executor:
        assert list(run(executor, call)) == ["done"] and call.calls == ATTEMPTS


def test_a_call_that_keeps_failing_is_named():
    call = Flaky(99, ZeroDivisionError("no such number."))
    with ThreadPoolExecutor(1) as executor, pytest.raises(WorkerError) as caught:
        list(run(executor, call, name="a.tif, tile 3"))
    assert str(caught.value).startswith(
        "a.tif, tile 3 failed 3 times, at last with ZeroDivisionError: no such number; nothing"
    )
    assert isinstance(caught.value.__cause__, ZeroDivisionError) and call.calls == ATTEMPTS


def test_an_only_attempt_fails_with_its_own_error():
    call = Flaky(99, ZeroDivisionError())
    with ThreadPoolExecutor(1) as executor, pytest.raises(ZeroDivisionError):
        list(run(executor, call, attempts=1))
    assert call.calls == 1


def test_what_the_engine_raises_on_purpose_is_not_tried_again():
    call = Flaky(99, CorruptTile("tile.damaged", "x", reason="odd"))
    with ThreadPoolExecutor(1) as executor, pytest.raises(CorruptTile) as caught:
        list(run(executor, call))
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
    with pytest.raises(WorkerError) as caught:
        list(run(executor, int, name="a.tif, tile 3"))
    text = str(caught.value)
    assert text.startswith("a.tif, tile 3: the workers are lost (") and text.endswith("workers.")


def test_workers_that_never_answer_can_be_cancelled():
    stop, silent = threading.Event(), Silent()
    threading.Timer(0.3, stop.set).start()
    started = time.monotonic()
    with pytest.raises(Cancelled, match="The work was cancelled"):
        list(run(silent, int, job=Job(is_cancelled=stop.is_set)))
    assert time.monotonic() - started < 10
    assert silent.futures[0].cancelled()


def test_an_error_cancels_the_rest():
    gate = threading.Event()
    rest = [Flaky(0, None) for _ in range(5)]
    with ThreadPoolExecutor(1) as executor:
        with pytest.raises(CorruptTile):
            failing = Flaky(9, CorruptTile("tile.damaged", "x", reason="odd"))
            list(run(executor, failing, gate.wait, *rest, in_flight=9))
        gate.set()
    assert not any(call.calls for call in rest)


def test_closing_cancels_the_rest():
    silent = Silent()
    with closing(run(silent, *[int] * 3, in_flight=3)) as results:
        threading.Timer(0.1, lambda: silent.futures[0].set_result(0)).start()
        next(results)
    assert [future.cancelled() for future in silent.futures] == [False, True, True]


def test_a_failure_while_all_is_being_cancelled_is_no_failure():
    """Whoever ends a program ends its workers too, in any order."""
    stop = threading.Event()

    def fail():
        stop.set()
        raise OSError

    with ThreadPoolExecutor(1) as executor, pytest.raises(Cancelled):
        list(run(executor, fail, job=Job(is_cancelled=stop.is_set)))
