package org.fluvia.vi.objective;

/**
 * The reverse KL divergence by its total derivative, through the draws and the weights of log q (the reparameterisation of Kingma and
 * Welling 2014, section 2.4). It has noise even where q is p; a step needs no inverse of the flow.
 */
final class TotalReverseKl implements Objective {
    @Override
    public Step prepare(Setting setting) {
        return new BatchGradient(setting, setting.sample());
    }
}
