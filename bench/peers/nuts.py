"""A whole fit by NumPyro's NUTS, as a person would run it: 4 chains of 1000 draws after 1000 of warm-up.

python nuts.py eight_schools|kidscore_interaction DATA.json SEED
Prints one JSON object: seconds of the fit with its compilation, seconds with the imports, the least effective sample size.
"""
import json
import sys
import time

begin = time.perf_counter()
import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from numpyro.diagnostics import effective_sample_size
from numpyro.infer import MCMC, NUTS

jax.config.update("jax_enable_x64", True)


def eight_schools(data):
    y, sigma = (jnp.array(data[k], float) for k in ("y", "sigma"))
    mu = numpyro.sample("mu", dist.Normal(0, 5))
    tau = numpyro.sample("tau", dist.HalfCauchy(5))
    z = numpyro.sample("z", dist.Normal(0, 1).expand([8]))
    numpyro.sample("y", dist.Normal(mu + tau * z, sigma), obs=y)


def kidscore_interaction(data):
    score, school, iq = (jnp.array(data[k], float) for k in ("kid_score", "mom_hs", "mom_iq"))
    b = numpyro.sample("beta", dist.ImproperUniform(dist.constraints.real, (), (4,)))
    sigma = numpyro.sample("sigma", dist.HalfCauchy(2.5))
    numpyro.sample("y", dist.Normal(b[0] + b[1] * school + b[2] * iq + b[3] * school * iq, sigma), obs=score)


model = {f.__name__: f for f in (eight_schools, kidscore_interaction)}[sys.argv[1]]
with open(sys.argv[2]) as file:
    data = json.load(file)
imported = time.perf_counter()
chains = MCMC(NUTS(model), num_warmup=1000, num_samples=1000, num_chains=4, chain_method="sequential", progress_bar=False)
chains.run(jax.random.PRNGKey(int(sys.argv[3])), data)
draws = chains.get_samples(group_by_chain=True)
end = time.perf_counter()
ess = min(float(np.min(effective_sample_size(np.asarray(x)))) for x in draws.values())
print(json.dumps({"fit": end - imported, "total": end - begin, "ess": ess}))
