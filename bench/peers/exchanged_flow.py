"""The flow that Fluvia writes out for its peers: for each coupling the elements it keeps and moves, in the order in which
its network takes and gives them, and the network's matrices (out x in) and biases. The network's outputs are the shifts of
all moved elements, then their log-scales before the bound; the peers' networks give both for one element after the other."""

import json

import numpy as np


class Coupling:
    def __init__(self, layer, sort):
        self.columns = np.argsort(layer["kept"]) if sort else np.arange(len(layer["kept"]))
        moved = np.argsort(layer["moved"]) if sort else np.arange(len(layer["moved"]))
        self.kept = np.array(layer["kept"])[self.columns]
        self.moved = np.array(layer["moved"])[moved]
        self.rows = np.stack([moved, moved + len(moved)], 1).ravel()
        self.weights = [np.array(w) for w in layer["weights"]]  # matrix, bias, matrix, bias, ...

    def mine(self):
        """The weights in the peer's order of elements."""
        weights = [w.copy() for w in self.weights]
        weights[0] = weights[0][:, self.columns]
        weights[-2] = weights[-2][self.rows]
        weights[-1] = weights[-1][self.rows]
        return weights

    def theirs(self, gradients):
        """Gradients of mine() in Fluvia's order, flat."""
        back = [np.array(g, dtype=np.float64) for g in gradients]
        back[0] = back[0][:, np.argsort(self.columns)]
        back[-2] = back[-2][np.argsort(self.rows)]
        back[-1] = back[-1][np.argsort(self.rows)]
        return np.concatenate([g.ravel() for g in back])


class Exchanged:
    """
    sort: whether the peer takes kept and moved elements in ascending order, as masks do.
    """

    def __init__(self, file, sort):
        with open(file) as f:
            content = json.load(f)
        self.bound = content["bound"]
        self.rate = content["rate"]
        self.noise = np.array(content["noise"])  # draws x dimension
        self.dimension = self.noise.shape[1]
        self.y = np.array(content["y"])
        self.sigma = np.array(content["sigma"])
        self.couplings = [Coupling(layer, sort) for layer in content["layers"]]
        self.size = sum(w.size for c in self.couplings for w in c.weights)
