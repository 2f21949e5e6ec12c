package org.fluvia.autodiff.ode;

import org.fluvia.kernel.BinaryOp;
import org.fluvia.kernel.UnaryOp;

/**
 * The explicit Runge-Kutta method of order 5 with an embedded one of order 4 of Dormand and Prince (1980), "A family of
 * embedded Runge-Kutta formulae", RK5(4)7M. The last stage of a step is the first of the next. Between, the solution is
 * interpolated with order 4 (Hairer, Norsett and Wanner 1993, "Solving ordinary differential equations I", section II.6).
 *
 * <p>First step, size of the state and change of steps are those of Boost's odeint with the settings that Stan gives it, so
 * that at the same tolerances the solution is Stan's, error and all.
 */
final class DormandPrince implements OdeStepper {
    private static final double FIRST_STEP = 0.1;
    /** Of each stage, when it is, as a part of the step; and how much of the stages before it is in it. The last stage is the step's end. */
    static final double[] C = {0, 1 / 5., 3 / 10., 4 / 5., 8 / 9., 1, 1};
    static final double[][] A = {
        {},
        {1 / 5.},
        {3 / 40., 9 / 40.},
        {44 / 45., -56 / 15., 32 / 9.},
        {19372 / 6561., -25360 / 2187., 64448 / 6561., -212 / 729.},
        {9017 / 3168., -355 / 33., 46732 / 5247., 49 / 176., -5103 / 18656.},
        {35 / 384., 0, 500 / 1113., 125 / 192., -2187 / 6784., 11 / 84.},
    };
    /** The weights of order 5 less those of order 4. */
    private static final double[] E = {71 / 57600., 0, -71 / 16695., 71 / 1920., -17253 / 339200., 22 / 525., -1 / 40.};

    private final boolean interpolates;
    /** The stages' derivatives; the first is the run's {@code rate}. */
    private final int[] k = new int[7];
    private int sum;
    private int time;
    private int exponent;
    /** What the stages contribute to the solution at the fraction of the step that is asked for. */
    private final double[] weights = new double[7];

    /** @param interpolates as Stan does; else steps end at the times asked for */
    DormandPrince(boolean interpolates) {
        this.interpolates = interpolates;
    }

    @Override
    public int rows(OdeBlocks blocks) {
        return 7 * blocks.width() + 2;
    }

    @Override
    public void place(OdeRun r) {
        for (int s = 1; s < 7; s++) k[s] = r.take(r.m);
        sum = r.take(r.m);
        time = r.take(1);
        exponent = r.take(1);
    }

    @Override
    public void first(OdeRun r) {
        r.f.kernels.fill(FIRST_STEP, r.a, r.proposed, r.w);
    }

    @Override
    public void attempt(OdeRun r) {
        double[] a = r.a;
        int w = r.w;
        int length = r.m * w;
        k[0] = r.rate;
        for (int s = 1; s < 7; s++) {
            r.f.kernels.fill(0, a, sum, length);
            for (int j = 0; j < s; j++) if (A[s][j] != 0) r.f.kernels.axpy(A[s][j], a, k[j], a, sum, length);
            System.arraycopy(a, r.z, a, r.zNew, length);
            r.addScaled(r.step, sum, r.zNew, r.m);
            System.arraycopy(a, r.t, a, time, w);
            r.f.kernels.axpy(C[s], a, r.step, a, time, w);
            r.evaluation.rates(time, r.zNew, k[s]);
        }
        r.f.kernels.fill(0, a, sum, length);
        for (int s = 0; s < 7; s++) if (E[s] != 0) r.f.kernels.axpy(E[s], a, k[s], a, sum, length);
        r.f.kernels.fill(0, a, r.error, length);
        r.addScaled(r.step, sum, r.error, r.m);
    }

    /** |z| + h |z'|. */
    @Override
    public void scale(OdeRun r, int scale) {
        int length = r.m * r.w;
        r.f.kernels.unary(UnaryOp.ABS, r.a, r.z, r.a, scale, length);
        r.f.kernels.unary(UnaryOp.ABS, r.a, r.rate, r.a, sum, length);
        r.addScaled(r.step, sum, scale, r.m);
    }

    /** 0.9 error^(-1/3), at least 1/5, after a failure; 0.9 error^(-1/5), at most 5 * 0.9, where the error is below 1/2. */
    @Override
    public void change(OdeRun r, int norm, int factor) {
        double[] a = r.a;
        for (int j = 0; j < r.w; j++) {
            boolean failed = a[norm + j] > 1;
            a[factor + j] = failed ? a[norm + j] : Math.max(a[norm + j], 1 / 3125.);
            a[exponent + j] = failed ? -1 / 3. : -1 / 5.;
        }
        r.f.kernels.binary(BinaryOp.POW, a, factor, a, exponent, a, factor, r.w);
        for (int j = 0; j < r.w; j++) {
            double change = 0.9 * a[factor + j];
            double error = a[norm + j];
            a[factor + j] = error < 0.5 ? change : error <= 1 ? 1 : change > 0.2 ? change : 0.2; // NaN: 0.2
        }
    }

    @Override
    public boolean interpolates() {
        return interpolates;
    }

    @Override
    public void to(double x) {
        double rest = x - 1;
        double a = x * x * (3 - 2 * x);
        double c = x * x * rest * rest;
        weights[0] = a * A[6][0] - c * 5 * (2558722523. - 31403016. * x) / 11282082432. + x * rest * rest;
        weights[2] = a * A[6][2] + c * 100 * (882725551. - 15701508. * x) / 32700410799.;
        weights[3] = a * A[6][3] - c * 25 * (443332067. - 31403016. * x) / 1880347072.;
        weights[4] = a * A[6][4] + c * 32805 * (23143187. - 3489224. * x) / 199316789632.;
        weights[5] = a * A[6][5] - c * 55 * (29972135. - 7076736. * x) / 822651844.;
        weights[6] = x * x * rest + c * 10 * (7414447. - 829305. * x) / 29380423.;
    }

    @Override
    public double at(OdeRun r, int element, int lane) {
        int i = element * r.w + lane;
        double slope = 0;
        for (int s = 0; s < 7; s++) slope += weights[s] * r.a[k[s] + i];
        return r.a[r.z + i] + r.a[r.step + lane] * slope;
    }

    @Override
    public void moved(OdeRun r, boolean all) {
        if (all) {
            int first = r.rate;
            r.rate = k[6];
            k[6] = first;
        } else {
            r.selectAccepted(k[6], r.rate);
        }
    }
}
