package org.fluvia.flows.training;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) with beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, as they propose.
 */
public final class Adam implements Optimiser {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double[] first;
    private final double[] second;
    private double beta1Power = 1;
    private double beta2Power = 1;

    public Adam(int size) {
        first = new double[size];
        second = new double[size];
    }

    @Override
    public void state(State state) {
        state.numbers(first);
        state.numbers(second);
        beta1Power = state.number(beta1Power);
        beta2Power = state.number(beta2Power);
    }

    @Override
    public void step(double[] weights, double[] gradient, double scale, double rate) {
        beta1Power *= BETA1;
        beta2Power *= BETA2;
        double stepSize = rate / (1 - beta1Power);
        double unbias = 1 / (1 - beta2Power);
        for (int i = 0; i < weights.length; i++) {
            double g = scale * gradient[i];
            first[i] = BETA1 * first[i] + (1 - BETA1) * g;
            second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
            weights[i] -= stepSize * first[i] / (Math.sqrt(second[i] * unbias) + EPSILON);
        }
    }
}
