"""Learning from samples by flowjax: its own fit_to_data."""

import time

import jax
import jax.numpy as jnp
import jax.random as jr
import jax_flows
import learned
import numpy as np
from flowjax.train import fit_to_data


def learn(given):
    samples = learned.Samples(given)
    start = time.perf_counter()
    flow, losses = fit_to_data(jr.key(given["seed"]), jax_flows.build(given), data=jnp.array(samples.standardised(samples.training)),
                               learning_rate=given["rate"], max_epochs=given["epochs"], max_patience=given["patience"],
                               batch_size=given["batch"], val_prop=given["validation"], show_progress=False)
    jax.block_until_ready(jax.tree.leaves(flow))
    seconds = time.perf_counter() - start
    log_density = flow.log_prob(jnp.array(samples.standardised(samples.test)))
    return samples.answer(np.array(log_density, dtype=np.float64), seconds, len(losses["val"])), None
