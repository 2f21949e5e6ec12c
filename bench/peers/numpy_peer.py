"""Matrix products by NumPy's OpenBLAS."""

import numpy as np
from threadpoolctl import threadpool_info


class Tasks:
    def __init__(self, precision):
        self.dtype = np.float64 if precision == "double" else np.float32

    def versions(self):
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        kernels = {pool["architecture"] for pool in threadpool_info() if pool["internal_api"] == "openblas"}
        return {"numpy": np.__version__, blas["name"]: f"{blas['version']} ({', '.join(kernels)})"}

    def gemm(self, command):
        """op(A) op(B) for A and B filled by a formula that Fluvia fills them by; answers C."""
        m, k, n = command["m"], command["k"], command["n"]
        a = self.filled((k, m) if command["transposeA"] else (m, k), 1)
        b = self.filled((n, k) if command["transposeB"] else (k, n), 2)
        left = a.T if command["transposeA"] else a
        right = b.T if command["transposeB"] else b
        c = np.empty((m, n), self.dtype)

        def run():
            for _ in range(10):
                np.matmul(left, right, out=c)
            return 10

        run()
        return {"c": c.ravel().tolist()}, run

    def filled(self, shape, offset):
        i = np.arange(shape[0] * shape[1], dtype=np.int64)
        return (((i * 7919 + offset * 104729) % 2003) / 1001.0 - 1.0).reshape(shape).astype(self.dtype)
