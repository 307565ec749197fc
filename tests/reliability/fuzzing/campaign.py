"""Run a target over and over, led by coverage where atheris is installed."""

import hashlib
import random
import sys
import time

from .mutators import blind
from .targets import REGRESSIONS, TARGETS, Judge


def replay(name):
    """Run a target over its seeds and everything that once crashed it; return how many."""
    judge = Judge(TARGETS[name])
    for data in [*TARGETS[name].seeds(), *regressions(name)]:
        judge(data)
    return judge.executions


def regressions(name):
    """Return the inputs that once crashed a target."""
    return [path.read_bytes() for path in sorted((REGRESSIONS / name).glob("*"))]


def without_coverage(name, executions, seed=0):
    """Run a target over random changes of its seeds.

    Parameters
    ----------
    name : str
    executions : int
    seed : int
        The same seed makes the same inputs.

    Returns
    -------
    Judge
    """
    target, rng = TARGETS[name], random.Random(seed)
    judge, valid = Judge(target), target.seeds()
    for _ in range(executions):
        data = rng.choice(valid)
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            data = target.mutate(data, rng, lambda part: blind(part, rng))
        try:
            judge(data)
        except Exception as problem:
            name_of_input = hashlib.sha256(data).hexdigest()[:16]
            raise AssertionError(
                f"{name}: {problem!r}; input {name_of_input}: {data!r}"
            ) from problem
    return judge


def with_coverage(name, corpus, crashes, seconds):
    """Run a target by libFuzzer, which ends the process; see ``__main__``."""
    import atheris

    target = TARGETS[name]
    judge = Judge(target)

    def mutate(data, longest, seed):
        rng = random.Random(seed)

        def change(part):
            if rng.random() < 0.5:
                return blind(part, rng)
            return atheris.Mutate(part, max(2 * len(part), 64))

        return target.mutate(data, rng, change)[:longest]

    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-artifact_prefix={crashes}/",
            f"-max_total_time={seconds}",
            f"-max_len={target.longest}",
            f"-seed={int(time.time()) % 2**31}",
            "-timeout=10",
            "-rss_limit_mb=1024",
            "-print_final_stats=1",
            "-verbosity=1",
        ],
        judge,
        custom_mutator=mutate,
    )
    atheris.Fuzz()
