"""A clock for what must not take longer than so many seconds, on a loaded machine too."""

import threading
import time


class _Clock:
    """Seconds during which this process got the processor whenever it wanted it.

    Tests that say what must not take longer than a second measure with it: on a loaded machine
    anything may. A thread that sleeps a little, again and again, notes by how much it oversleeps,
    unless it is this process itself that has been busy.
    """

    def __init__(self):
        self._lost = 0.0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        while True:
            begun, busy = time.monotonic(), time.process_time()
            time.sleep(0.01)
            late = time.monotonic() - begun - 0.01 - (time.process_time() - busy)
            if late > 0.005:
                self._lost += late

    def __call__(self):
        return time.monotonic() - self._lost


clock = _Clock()
