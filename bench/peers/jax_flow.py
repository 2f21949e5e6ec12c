"""The training step by flowjax: its coupling layers and permutations in a scan, as flowjax.flows.coupling_flow has them."""

import equinox as eqx
import jax
import jax.nn
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import numpyro_models
import optax
import paramax
from exchanged_flow import Exchanged
from flowjax.bijections import AbstractBijection, Chain, Coupling, Permute, Scan
from flowjax.distributions import StandardNormal, Transformed


class BoundedAffine(AbstractBijection):
    """y = x exp(s) + shift with s = bound tanh(scale / bound)."""

    shift: jax.Array
    scale: jax.Array
    bound: float = eqx.field(static=True)
    shape: tuple = eqx.field(static=True, default=())
    cond_shape: None = eqx.field(static=True, default=None)

    def transform_and_log_det(self, x, condition=None):
        s = self.bound * jnp.tanh(self.scale / self.bound)
        return x * jnp.exp(s) + self.shift, s

    def inverse_and_log_det(self, y, condition=None):
        s = self.bound * jnp.tanh(self.scale / self.bound)
        return (y - self.shift) / jnp.exp(s), -s


class FlowStep:
    def __init__(self, file, draws):
        self.given = Exchanged(file, sort=False)
        self.log_density = jax.vmap(numpyro_models.eight_schools({"y": self.given.y, "sigma": self.given.sigma}))
        params, static = eqx.partition(self.build(), eqx.is_inexact_array, is_leaf=lambda x: isinstance(x, paramax.NonTrainable))
        optimizer = optax.adam(self.given.rate)
        self.static = static
        self.params = params
        self.state = optimizer.init(params)
        self.key = jr.key(1)

        def step(params, state, key):
            key, now = jr.split(key)

            def loss(p):
                x, log_q = eqx.combine(p, static).sample_and_log_prob(now, (draws,))
                return jnp.mean(log_q - self.log_density(x))

            gradient = jax.grad(loss)(params)
            updates, state = optimizer.update(gradient, state)
            return optax.apply_updates(params, updates), state, key

        self.step = jax.jit(step, donate_argnums=(0, 1))

    def run(self):
        for _ in range(10):
            self.params, self.state, self.key = self.step(self.params, self.state, self.key)
        jax.block_until_ready(self.params)
        return 10

    def build(self):
        given = self.given
        d = given.dimension
        orders = [np.arange(d)] + [np.concatenate([c.kept, c.moved]) for c in given.couplings]
        between = np.array([np.argsort(a)[b] for a, b in zip(orders, orders[1:])])

        def layer(key, permutation):
            coupling = Coupling(key, transformer=BoundedAffine(jnp.zeros(()), jnp.zeros(()), given.bound),
                                untransformed_dim=len(given.couplings[0].kept), dim=d, nn_width=64, nn_depth=2,
                                nn_activation=jax.nn.tanh)
            return Chain([Permute(permutation), coupling])

        layers = eqx.filter_vmap(layer)(jr.split(jr.key(0), len(given.couplings)), jnp.array(between))
        weights = [jnp.array(np.stack(w)) for w in zip(*[c.mine() for c in given.couplings])]
        layers = eqx.tree_at(self.weights, layers, weights)
        return Transformed(StandardNormal((d,)), Chain([Scan(layers), Permute(jnp.array(np.argsort(orders[-1])))]))

    @staticmethod
    def weights(layers):
        return [w for linear in layers.bijections[1].conditioner.layers for w in (linear.weight, linear.bias)]

    def values(self):
        given = self.given
        noise = jnp.array(given.noise)

        def loss(p):
            flow = paramax.unwrap(eqx.combine(p, self.static))
            x, log_det = jax.vmap(flow.bijection.transform_and_log_det)(noise)
            log_q = flow.base_dist.log_prob(noise) - log_det
            log_p = self.log_density(x)
            return jnp.mean(log_q - log_p), (x, log_q, log_p)

        gradient, (x, log_q, log_p) = jax.jit(jax.grad(loss, has_aux=True))(self.params)
        per_weight = [np.array(g) for g in self.weights(gradient.bijection.bijections[0].bijection)]
        flat = [c.theirs([g[i] for g in per_weight]) for i, c in enumerate(given.couplings)]
        return {"value": x.tolist(), "log_q": log_q.tolist(), "log_p": log_p.tolist(),
                "gradient": np.concatenate(flat).tolist(),
                "weights": sum(w.size for w in jax.tree.leaves(eqx.filter(self.params, eqx.is_inexact_array)))}
