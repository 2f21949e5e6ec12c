package org.fluvia.vi.objective;

/**
 * The reverse KL divergence, KL(q || p) = E_q[log q - log p], by path gradients: the derivative goes through the draws alone, since that
 * through the weights of log q has expectation zero (Roeder, Wu and Duvenaud 2017, "Sticking the landing", equation 8). Where q is p the
 * gradient is zero for every draw, without noise.
 */
final class ReverseKl implements Objective {
    @Override
    public Step prepare(Setting setting) {
        return new BatchGradient(setting, setting.path());
    }
}
