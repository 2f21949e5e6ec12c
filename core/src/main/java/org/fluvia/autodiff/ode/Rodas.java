package org.fluvia.autodiff.ode;

import org.fluvia.autodiff.lanes.LaneLu;
import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.UnaryOp;

/**
 * The Rosenbrock method RODAS of order 4 with an embedded one of order 3, for stiff equations: L-stable, 6 stages, one LU
 * factorisation a step. Hairer and Wanner (1996), "Solving ordinary differential equations II", section IV.7; the
 * coefficients are those of their code for the stages multiplied by the Jacobian.
 *
 * <p>Sensitivities are the exact derivatives of the step: the stages' equations differentiated, with the same factors.
 */
final class Rodas implements OdeStepper {
    private static final int STAGES = 6;
    private static final double GAMMA = 0.25;
    private static final double[] C = {0, 0.386, 0.21, 0.63, 1, 1};
    private static final double[] GAMMAS = {0.25, -0.1043, 0.1035, -0.03620000000000023, 0, 0};
    private static final double[][] A = {
        {},
        {1.544},
        {0.9466785280815826, 0.2557011698983284},
        {3.314825187068521, 2.896124015972201, 0.9986419139977817},
        {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950},
        {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1},
    };
    private static final double[][] B = {
        {},
        {-5.6688},
        {-2.430093356833875, -0.2063599157091915},
        {-0.1073529058151375, -9.594562251023355, -20.47028614809616},
        {7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160},
        {8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054},
    };

    private final int[] u = new int[STAGES];
    private int factors;
    private int sum;
    private int time;
    private int inverse;
    private int tau;
    private double[] exchanged = new double[0];

    @Override
    public int rows(OdeBlocks blocks) {
        return (STAGES + 1) * blocks.width() + blocks.size() * blocks.size() + 3;
    }

    @Override
    public void place(OdeRun r) {
        for (int i = 0; i < STAGES; i++) u[i] = r.take(r.m);
        sum = r.take(r.m);
        factors = r.take(r.n * r.n);
        time = r.take(1);
        inverse = r.take(1);
        tau = r.take(1);
        if (exchanged.length < r.n * r.w) exchanged = new double[r.n * r.w];
    }

    @Override
    public void attempt(OdeRun r) {
        double[] a = r.a;
        int w = r.w;
        int length = r.m * w;
        r.f.kernels.binary(BinaryOp.DIV, 1, a, r.step, a, inverse, w);
        r.evaluation.evaluate(OdeEvaluation.START, r.t, r.z);
        factor(r);
        int byTime = r.evaluation.results(OdeEvaluation.START);
        for (int i = 0; i < STAGES; i++) {
            System.arraycopy(a, r.z, a, r.zNew, length);
            for (int j = 0; j < i; j++) r.f.kernels.axpy(A[i][j], a, u[j], a, r.zNew, length);
            System.arraycopy(a, r.t, a, time, w);
            r.f.kernels.axpy(C[i], a, r.step, a, time, w);
            r.evaluation.rates(time, r.zNew, u[i]);
            r.f.kernels.fill(0, a, sum, length);
            for (int j = 0; j < i; j++) r.f.kernels.axpy(B[i][j], a, u[j], a, sum, length);
            r.addScaled(inverse, sum, u[i], r.m);
            r.f.kernels.binary(BinaryOp.MUL, a, r.step, GAMMAS[i], a, tau, w);
            r.addScaled(tau, byTime, u[i], r.n);
            LaneLu.solve(r.f, a, factors, r.n, w, exchanged, 0, a, u[i], 1);
            if (r.q > 0) {
                r.evaluation.evaluateCurvature(r.t, r.z, u[i], tau);
                r.evaluation.addDerivatives(OdeEvaluation.CURVATURE, r.z + r.n * w, u[i] + r.n * w);
                LaneLu.solve(r.f, a, factors, r.n, w, exchanged, 0, a, u[i] + r.n * w, r.q);
            }
        }
        r.f.kernels.binary(BinaryOp.ADD, a, r.zNew, a, u[STAGES - 1], a, r.zNew, length);
        System.arraycopy(a, u[STAGES - 1], a, r.error, length);
    }

    /** I / (gamma h) - df/dy. */
    private void factor(OdeRun r) {
        double[] a = r.a;
        int w = r.w;
        int n = r.n;
        r.f.kernels.fill(0, a, factors, n * n * w);
        r.evaluation.subtractJacobian(factors);
        for (int i = 0; i < n; i++) r.f.kernels.axpy(1 / GAMMA, a, inverse, a, factors + (i * n + i) * w, w);
        LaneLu.factor(r.f, a, factors, n, w, exchanged, 0);
    }

    /** max(|z|, |new z|). */
    @Override
    public void scale(OdeRun r, int scale) {
        int length = r.m * r.w;
        r.f.kernels.unary(UnaryOp.ABS, r.a, r.z, r.a, scale, length);
        r.f.kernels.unary(UnaryOp.ABS, r.a, r.zNew, r.a, sum, length);
        r.f.kernels.binary(BinaryOp.MAX, r.a, scale, r.a, sum, r.a, scale, length);
    }

    /** 0.9 error^(-1/4), from 1/5 to 5, and below 0.9 after a failure. */
    @Override
    public void change(OdeRun r, int norm, int factor) {
        double[] a = r.a;
        r.f.kernels.binary(BinaryOp.POW, a, norm, -1 / 4., a, factor, r.w);
        for (int j = 0; j < r.w; j++) {
            double change = 0.9 * a[factor + j];
            a[factor + j] = change > 0.2 ? Math.min(change, a[norm + j] <= 1 ? 5 : 0.9) : 0.2; // NaN: 0.2
        }
    }

    /** Hairer, Norsett and Wanner (1993), "Solving ordinary differential equations I", section II.4. */
    @Override
    public void first(OdeRun r) {
        double[] a = r.a;
        int w = r.w;
        r.norm(r.z, time);
        r.norm(r.rate, inverse);
        for (int j = 0; j < w; j++) {
            double size = a[time + j];
            double speed = a[inverse + j];
            a[r.step + j] = size >= 1e-5 && speed >= 1e-5 ? 0.01 * size / speed : 1e-6;
            a[tau + j] = a[r.t + j] + a[r.step + j];
        }
        r.addScaled(r.step, r.rate, r.zNew, r.m);
        r.evaluation.rates(tau, r.zNew, r.error);
        r.f.kernels.binary(BinaryOp.SUB, a, r.error, a, r.rate, a, r.error, r.m * w);
        r.norm(r.error, time);
        for (int j = 0; j < w; j++) {
            double bend = Math.max(a[time + j] / a[r.step + j], a[inverse + j]);
            a[time + j] = bend <= 1e-15 ? 1 : 0.01 / bend;
        }
        r.f.kernels.binary(BinaryOp.POW, a, time, 1 / 4., a, time, w);
        for (int j = 0; j < w; j++) {
            double first = Math.min(100 * a[r.step + j], a[time + j]);
            a[r.proposed + j] = first > 0 ? first : 1e-6; // NaN too
        }
    }

    @Override
    public boolean interpolates() {
        return false;
    }

    @Override
    public void to(double fraction) {
        // steps end where the solution is asked for
    }

    @Override
    public double at(OdeRun r, int element, int lane) {
        return r.a[r.zNew + element * r.w + lane];
    }

    @Override
    public void moved(OdeRun r, boolean all) {
        // each step starts anew
    }
}
