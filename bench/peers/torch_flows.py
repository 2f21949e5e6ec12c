"""Training steps of other flows by PyTorch and zuko, with the sizes that Fluvia names; the block neural one is Pyro's."""

from functools import partial

import torch
import zuko
from pyro.distributions.transforms import BlockAutoregressive
from torch_peer import BoundedAffine
from zuko.flows import GeneralCouplingTransform, MaskedAutoregressiveTransform
from zuko.lazy import Flow, UnconditionalDistribution
from zuko.transforms import MonotonicRQSTransform


def of_data(given):
    return given["flow"].endswith("_of_data")


def build(given):
    d, layers = given["dimension"], given["layers"]
    networks = {"hidden_features": (given["hidden"],) * 2, "activation": torch.nn.Tanh}
    affine = {"univariate": partial(BoundedAffine, bound=given["bound"]), "shapes": [(), ()]}
    second = torch.arange(d) >= (d + 1) // 2
    match given["flow"]:
        case "real_nvp":
            transforms = [GeneralCouplingTransform(d, mask=second if i % 2 else ~second, **affine, **networks) for i in range(layers)]
        case "iaf" | "maf" | "maf_of_data":
            orders = [torch.arange(d), torch.arange(d).flip(0)]
            transforms = [MaskedAutoregressiveTransform(d, order=orders[i % 2], **affine, **networks) for i in range(layers)]
        case "spline_coupling" | "spline_coupling_of_data":
            spline = {"univariate": partial(MonotonicRQSTransform, bound=given["box"]),
                      "shapes": [(given["bins"],), (given["bins"],), (given["bins"] - 1,)]}
            transforms = [GeneralCouplingTransform(d, mask=second if i % 2 else ~second, **spline, **networks) for i in range(layers)]
        case "bnaf":
            return OfPyro(d, [BlockAutoregressive(d, [given["block"]]) for _ in range(layers)])
    if given["flow"] != "maf" and not of_data(given):
        # inverted: zuko evaluates a network twice where it samples through an inverse, and once this way
        transforms = [t.inv for t in transforms]
    base = UnconditionalDistribution(zuko.distributions.DiagNormal, loc=torch.zeros(d), scale=torch.ones(d), buffer=True)
    return Flow(transforms, base)


class OfPyro(torch.nn.Module):
    """A chain of Pyro's transforms, as zuko's flows are used."""

    def __init__(self, dimension, transforms):
        super().__init__()
        self.dimension = dimension
        self.transforms = torch.nn.ModuleList(transforms)

    def forward(self):
        return self

    def rsample_and_log_prob(self, shape):
        x = torch.randn(*shape, self.dimension)
        log_q = torch.distributions.Normal(0.0, 1.0).log_prob(x).sum(-1)
        for transform in self.transforms:
            y = transform(x)
            log_q = log_q - transform.log_abs_det_jacobian(x, y)
            x = y
        return x, log_q


class FlowStep:
    def __init__(self, given):
        self.draws, self.dimension = given["draws"], given["dimension"]
        self.of_data = of_data(given)
        self.flow = build(given)
        self.optimizer = torch.optim.Adam(self.flow.parameters(), lr=given["rate"])

    def loss(self):
        """Of one step, before it."""
        self.optimizer.zero_grad(set_to_none=True)
        if self.of_data:
            loss = -self.flow().log_prob(1 + 2 * torch.randn(self.draws, self.dimension)).mean()
        else:
            x, log_q = self.flow().rsample_and_log_prob((self.draws,))
            loss = (log_q + 0.5 * ((x - 1) / 2).square().sum(-1)).mean()
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def run(self):
        self.loss()
        return 1
