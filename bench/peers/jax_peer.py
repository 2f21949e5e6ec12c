"""Training steps of flows by JAX and flowjax, and log-densities with gradients by NumPyro; jitted."""

import json
import os

import numpy as np
from peer import train


def double_precision(on):
    os.environ["JAX_ENABLE_X64"] = "1" if on else "0"


class Tasks:
    def __init__(self, precision):
        double_precision(precision == "double")
        import jax
        self.jax = jax

    def versions(self):
        import flowjax
        import numpyro
        return {"jax": self.jax.__version__, "flowjax": flowjax.__version__, "numpyro": numpyro.__version__}

    def gradient(self, command):
        import jax
        import jax.numpy as jnp
        import numpyro_models
        with open(command["data"]) as f:
            data = {k: np.array(v) for k, v in json.load(f).items()}
        log_density = getattr(numpyro_models, command["model"])(data)
        evaluate = jax.jit(jax.vmap(jax.value_and_grad(log_density), in_axes=0))
        points = jnp.array(np.loadtxt(command["points"], ndmin=2))
        value, gradient = evaluate(points)
        answer = {"log_density": value.tolist(), "gradient": gradient.tolist()}
        draws = command["draws"]
        batch = jnp.resize(points, (draws, points.shape[1]))

        def run():
            for _ in range(4):
                result = evaluate(batch)
            self.jax.block_until_ready(result)
            return 4

        for _ in range(5):
            run()
        return answer, run

    def flow(self, command):
        from jax_flow import FlowStep
        step = FlowStep(command["flow"], command["draws"])
        answer = step.values()
        for _ in range(5):
            step.run()
        return answer, step.run

    def flows(self, command):
        from jax_flows import FlowStep
        return train(FlowStep(command))

    def learn(self, command):
        from jax_learn import learn
        return learn(command)
