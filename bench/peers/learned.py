"""The samples that Fluvia writes out for its peers: little-endian doubles, one row after the other."""

import numpy as np


class Samples:
    """
    Peers are given rows of mean 0 and standard deviation 1, as their documentation advises; Fluvia's flow has that in it. Densities are
    those of the rows as they were.
    """

    def __init__(self, given):
        self.training = self.read(given["training"], given["dimension"])
        self.test = self.read(given["test"], given["dimension"])
        self.mean = self.training.mean(0)
        self.deviation = self.training.std(0)

    @staticmethod
    def read(file, dimension):
        return np.fromfile(file, dtype="<f8").reshape(-1, dimension)

    def standardised(self, rows):
        return (rows - self.mean) / self.deviation

    def answer(self, log_density, seconds, epochs):
        return {"log_density": (log_density - np.log(self.deviation).sum()).tolist(), "seconds": seconds, "epochs": epochs}
