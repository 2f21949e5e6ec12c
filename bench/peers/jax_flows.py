"""The training steps of other flows by flowjax, in its ready-made flows, with the sizes that Fluvia names."""

import equinox as eqx
import jax
import jax.nn
import jax.numpy as jnp
import jax.random as jr
import optax
import paramax
from flowjax.bijections import RationalQuadraticSpline
from flowjax.distributions import StandardNormal
from flowjax.flows import block_neural_autoregressive_flow, coupling_flow, masked_autoregressive_flow
from jax_flow import BoundedAffine


def of_data(given):
    return given["flow"].endswith("_of_data")


def build(given):
    key = jr.key(0)
    base = StandardNormal((given["dimension"],))
    networks = {"nn_width": given["hidden"], "nn_depth": 2, "nn_activation": jax.nn.tanh}
    affine = BoundedAffine(jnp.zeros(()), jnp.zeros(()), given["bound"])
    layers = given["layers"]
    match given["flow"]:
        case "real_nvp":
            return coupling_flow(key, base_dist=base, transformer=affine, flow_layers=layers, invert=False, **networks)
        case "iaf":
            return masked_autoregressive_flow(key, base_dist=base, transformer=affine, flow_layers=layers, invert=False, **networks)
        case "maf" | "maf_of_data":
            return masked_autoregressive_flow(key, base_dist=base, transformer=affine, flow_layers=layers, invert=True, **networks)
        case "spline_coupling" | "spline_coupling_of_data":
            spline = RationalQuadraticSpline(knots=given["bins"] - 1, interval=given["box"])
            return coupling_flow(key, base_dist=base, transformer=spline, flow_layers=layers, invert=of_data(given), **networks)
        case "bnaf":
            return block_neural_autoregressive_flow(key, base_dist=base, flow_layers=layers, nn_depth=1, nn_block_dim=given["block"],
                                                    invert=False)


class FlowStep:
    def __init__(self, given):
        draws, d = given["draws"], given["dimension"]
        params, static = eqx.partition(build(given), eqx.is_inexact_array, is_leaf=lambda x: isinstance(x, paramax.NonTrainable))
        optimizer = optax.adam(given["rate"])
        self.params, self.state, self.key = params, optimizer.init(params), jr.key(1)

        def step(params, state, key):
            key, now = jr.split(key)

            def loss(p):
                flow = paramax.unwrap(eqx.combine(p, static))
                if of_data(given):
                    return -jnp.mean(flow.log_prob(1 + 2 * jr.normal(now, (draws, d))))
                x, log_q = flow.sample_and_log_prob(now, (draws,))
                return jnp.mean(log_q + 0.5 * jnp.sum(((x - 1) / 2) ** 2, -1))

            value, gradient = jax.value_and_grad(loss)(params)
            updates, state = optimizer.update(gradient, state)
            return optax.apply_updates(params, updates), state, key, value

        self.step = jax.jit(step, donate_argnums=(0, 1))

    def loss(self):
        """Of one step, before it."""
        self.params, self.state, self.key, value = self.step(self.params, self.state, self.key)
        return float(value)

    def run(self):
        for _ in range(10):
            self.params, self.state, self.key, _ = self.step(self.params, self.state, self.key)
        jax.block_until_ready(self.params)
        return 10
