"""A peer of Fluvia's benchmarks: reads one JSON command a line from standard input, answers one JSON object of numbers a line.

    python peer.py torch|jax|numpy --precision double|single --threads N

{"do": "describe"}                        -> the versions of its libraries, for people and not JSON
{"do": "prepare", "task": ..., ...}       -> what the task computes, to be compared before anything is timed; "learn" times itself
{"do": "time", "seconds": s}              -> {"seconds": median time of one run}
"""

import argparse
import json
import os
import statistics
import sys
import time


def limit_threads(threads):
    """Before any library is loaded. No affinity: on a busy machine it would hold back one side and not the other."""
    for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):  # made for another library or machine, they would slow this one
        os.environ.pop(variable, None)
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = str(threads)
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # no spinning while it is the other's turn
    os.environ["JAX_PLATFORMS"] = "cpu"
    os.environ["NPROC"] = str(threads)  # the size of XLA's pool
    if threads == 1:
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"


def load(peer, precision, threads):
    if peer == "torch":
        import torch_peer
        return torch_peer.Tasks(precision, threads)
    if peer == "jax":
        import jax_peer
        return jax_peer.Tasks(precision)
    import numpy_peer
    return numpy_peer.Tasks(precision)


def train(step, steps=200):
    """Losses show that a step trains its flow."""
    losses = [float(step.loss()) for _ in range(steps)]
    return {"first": statistics.fmean(losses[:10]), "last": statistics.fmean(losses[-10:])}, step.run


def median_time(run, seconds):
    """Of one run; a task may do several at a call, so that dispatch overlaps with work as it does in a training loop."""
    times = []
    start = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - start < seconds:
        t = time.perf_counter()
        runs = run()
        times.append((time.perf_counter() - t) / runs)
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=["torch", "jax", "numpy"])
    parser.add_argument("--precision", choices=["double", "single"], default="double")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print must not get between the answers
    limit_threads(args.threads)
    tasks = load(args.peer, args.precision, args.threads)
    run = None
    for line in sys.stdin:
        command = json.loads(line)
        if command["do"] == "describe":
            print(", ".join(f"{name} {version}" for name, version in sorted(tasks.versions().items())), file=answers, flush=True)
            continue
        elif command["do"] == "prepare":
            answer, run = getattr(tasks, command["task"])(command)
        else:
            answer = {"seconds": median_time(run, command["seconds"])}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
