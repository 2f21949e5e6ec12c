"""The models in NumPyro; each gives the log-density of the unconstrained vector, in the order of Fluvia's parameters."""

import jax.numpy as jnp
import numpyro
import numpyro.distributions as dist
from numpyro.infer.util import potential_energy


def on_vector(model, names_and_sizes):
    def log_density(u):
        values, at = {}, 0
        for name, size in names_and_sizes:
            values[name] = u[at] if size is None else u[at:at + size]
            at += size or 1
        return -potential_energy(model, (), {}, values)

    return log_density


def eight_schools(data):
    y, sigma = jnp.array(data["y"], float), jnp.array(data["sigma"], float)

    def model():
        z = numpyro.sample("z", dist.Normal(0, 1).expand([8]).to_event(1))
        mu = numpyro.sample("mu", dist.Normal(0, 5))
        tau = numpyro.sample("tau", dist.HalfCauchy(5))
        numpyro.sample("y", dist.Normal(mu + tau * z, sigma).to_event(1), obs=y)

    return on_vector(model, [("z", 8), ("mu", None), ("tau", None)])


def flat(name, support, shape=()):
    return numpyro.sample(name, dist.ImproperUniform(support, (), shape))


def nes1972(data):
    x, y = jnp.array(data["X"], float), jnp.array(data["y"], float)

    def model():
        beta = flat("beta", dist.constraints.real_vector, (9,))
        sigma = flat("sigma", dist.constraints.positive)
        numpyro.sample("y", dist.Normal(beta[0] + x @ beta[1:], sigma).to_event(1), obs=y)

    return on_vector(model, [("beta", 9), ("sigma", None)])


def diamonds(data):
    x, y = jnp.array(data["X"], float), jnp.array(data["y"], float)

    def model():
        b = numpyro.sample("b", dist.Normal(0, 1).expand([x.shape[1]]).to_event(1))
        intercept = numpyro.sample("intercept", dist.StudentT(3, 8, 10))
        sigma = flat("sigma", dist.constraints.positive)
        numpyro.factor("half t", dist.StudentT(3, 0, 10).log_prob(sigma))
        numpyro.sample("y", dist.Normal(intercept + x @ b, sigma).to_event(1), obs=y)

    return on_vector(model, [("b", x.shape[1]), ("intercept", None), ("sigma", None)])


def poisson(data):
    x, y = jnp.array(data["X"], float), jnp.array(data["y"], int)

    def model():
        alpha = numpyro.sample("alpha", dist.Normal(0, 5))
        beta = numpyro.sample("beta", dist.Normal(0, 1).expand([x.shape[1]]).to_event(1))
        numpyro.sample("y", dist.Poisson(jnp.exp(alpha + x @ beta)).to_event(1), obs=y)

    return on_vector(model, [("alpha", None), ("beta", x.shape[1])])
