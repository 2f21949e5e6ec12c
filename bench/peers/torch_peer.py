"""Training steps of flows by PyTorch and zuko."""

import math

import torch
import zuko
from exchanged_flow import Exchanged
from peer import train
from torch.distributions import Cauchy, Normal
from zuko.flows import GeneralCouplingTransform
from zuko.lazy import Flow, UnconditionalDistribution
from zuko.transforms import MonotonicAffineTransform


class BoundedAffine(MonotonicAffineTransform):
    """zuko's affine transform with the log-scale bounded as Fluvia bounds it."""

    def __init__(self, shift, scale, bound, **kwargs):
        super(MonotonicAffineTransform, self).__init__(**kwargs)
        self.shift = shift
        self.log_scale = bound * torch.tanh(scale / bound)
        self.scale = self.log_scale.exp()


def eight_schools(y, sigma):
    """The log-density of (z, mu, log tau), non-centred, with the Jacobian."""

    def log_density(u):
        z, mu, log_tau = u[..., :8], u[..., 8], u[..., 9]
        tau = log_tau.exp()
        theta = mu[..., None] + tau[..., None] * z
        return (
            Normal(0.0, 1.0).log_prob(z).sum(-1)
            + Normal(0.0, 5.0).log_prob(mu)
            + Cauchy(0.0, 5.0).log_prob(tau) + math.log(2) + log_tau
            + Normal(theta, sigma).log_prob(y).sum(-1)
        )

    return log_density


class Tasks:
    def __init__(self, precision, threads):
        torch.set_num_threads(threads)
        torch.set_num_interop_threads(1)
        torch.set_default_dtype(torch.float64 if precision == "double" else torch.float32)
        torch.manual_seed(1)
        torch.distributions.Distribution.set_default_validate_args(False)

    def versions(self):
        return {"torch": torch.__version__, "zuko": zuko.__version__}

    def flow(self, command):
        given = Exchanged(command["flow"], sort=True)
        flow = self.build(given)
        log_density = eight_schools(torch.tensor(given.y).to(torch.get_default_dtype()),
                                    torch.tensor(given.sigma).to(torch.get_default_dtype()))
        answer = self.values(flow, given, log_density)
        optimizer = torch.optim.Adam(flow.parameters(), lr=given.rate)
        draws = command["draws"]

        def run():
            optimizer.zero_grad(set_to_none=True)
            x, log_q = flow().rsample_and_log_prob((draws,))
            loss = (log_q - log_density(x)).mean()
            loss.backward()
            optimizer.step()
            return 1

        for _ in range(50):
            run()
        return answer, run

    def flows(self, command):
        from torch_flows import FlowStep
        return train(FlowStep(command))

    def learn(self, command):
        from torch_learn import learn
        return learn(command)

    @staticmethod
    def build(given):
        transforms = []
        for coupling in given.couplings:
            mask = torch.zeros(given.dimension, dtype=bool)
            mask[torch.tensor(coupling.kept)] = True
            transform = GeneralCouplingTransform(
                given.dimension, mask=mask, univariate=lambda shift, scale: BoundedAffine(shift, scale, given.bound),
                hidden_features=(64, 64), activation=torch.nn.Tanh)
            linear = [m for m in transform.hyper if hasattr(m, "weight")]
            with torch.no_grad():
                for layer, matrix, bias in zip(linear, coupling.mine()[::2], coupling.mine()[1::2]):
                    layer.weight.copy_(torch.tensor(matrix))
                    layer.bias.copy_(torch.tensor(bias))
            transforms.append(transform)
        base = UnconditionalDistribution(zuko.distributions.DiagNormal, loc=torch.zeros(given.dimension),
                                         scale=torch.ones(given.dimension), buffer=True)
        # inverted and reversed: zuko evaluates a network twice where it samples through an inverse, and once this way
        return Flow([t.inv for t in reversed(transforms)], base)

    @staticmethod
    def values(flow, given, log_density):
        noise = torch.tensor(given.noise).to(torch.get_default_dtype())
        distribution = flow()
        x, ladj = distribution.transform.inv.call_and_ladj(noise)
        log_q = distribution.base.log_prob(noise) - ladj
        log_p = log_density(x)
        parameters = list(flow.parameters())
        gradients = torch.autograd.grad((log_q - log_p).mean(), parameters)
        per_layer = [gradients[i:i + 6] for i in range(0, len(gradients), 6)][::-1]
        flat = [c.theirs(g) for c, g in zip(given.couplings, per_layer)]
        return {"value": x.tolist(), "log_q": log_q.tolist(), "log_p": log_p.tolist(),
                "gradient": [g for layer in flat for g in layer.tolist()],
                "weights": sum(p.numel() for p in parameters)}
