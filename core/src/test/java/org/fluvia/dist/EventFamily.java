package org.fluvia.dist;

import java.util.ArrayList;
import java.util.List;
import org.fluvia.autodiff.Expr;

/** A family of vectors or matrices for the contract. Its typical values are those of {@link EventReference}. */
record EventFamily(String name, Kind x, List<Parameter> parameters) {

    record Parameter(String name, Kind kind) {}

    /** What kind of value it is, and so how it can be moved. */
    enum Kind {
        COUNTS, FREE, POSITIVE, SIMPLEX, SYMMETRIC, LOWER, CORRELATION, CORRELATION_CHOLESKY;

        /** Directions in which the value can move without leaving its kind, but for terms of second order. */
        List<double[]> directions(double[] value) {
            int n = value.length;
            int k = (int) Math.sqrt(n);
            List<double[]> all = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                double[] d = new double[n];
                int row = i / k;
                int column = i % k;
                switch (this) {
                    case FREE -> d[i] = 1;
                    case POSITIVE -> {
                        if (value[i] == 0) continue;
                        d[i] = 1;
                    }
                    case SIMPLEX -> {
                        if (i == 0) continue;
                        d[i - 1] = Math.min(value[i], value[i - 1]);
                        d[i] = -d[i - 1];
                    }
                    case LOWER -> {
                        if (column > row) continue;
                        d[i] = 1;
                    }
                    case SYMMETRIC, CORRELATION -> {
                        if (column > row || this == CORRELATION && column == row) continue;
                        d[i] = 1;
                        d[column * k + row] = 1;
                    }
                    case CORRELATION_CHOLESKY -> {
                        if (column >= row) continue;
                        d[i] = value[row * k + row];
                        d[row * k + row] = -value[i];
                    }
                    case COUNTS -> {
                        continue;
                    }
                }
                all.add(d);
            }
            return all;
        }
    }

    /** Every family of vectors and matrices. */
    static List<EventFamily> all() {
        return List.of(
                new EventFamily("multiNormal", Kind.FREE, List.of(free("mu"), symmetric("sigma"))),
                new EventFamily("multiNormalPrec", Kind.FREE, List.of(free("mu"), symmetric("omega"))),
                new EventFamily("multiNormalCholesky", Kind.FREE, List.of(free("mu"), free("L"))),
                new EventFamily("multiStudentT", Kind.FREE, List.of(positive("df"), free("mu"), symmetric("sigma"))),
                new EventFamily("multiStudentTCholesky", Kind.FREE, List.of(positive("df"), free("mu"), free("L"))),
                new EventFamily("multinomial", Kind.COUNTS, List.of(counts("trials"), positive("prob"))),
                new EventFamily("multinomialLogit", Kind.COUNTS, List.of(counts("trials"), free("logits"))),
                new EventFamily("dirichletMultinomial", Kind.COUNTS, List.of(counts("trials"), positive("alpha"))),
                new EventFamily("dirichlet", Kind.SIMPLEX, List.of(positive("alpha"))),
                new EventFamily("lkjCorrCholesky", Kind.CORRELATION_CHOLESKY, List.of(positive("eta"))),
                new EventFamily("lkjCorr", Kind.CORRELATION, List.of(positive("eta"))),
                new EventFamily("wishart", Kind.SYMMETRIC, List.of(positive("df"), symmetric("scale"))),
                new EventFamily("wishartCholesky", Kind.LOWER, List.of(positive("df"), free("L"))),
                new EventFamily("inverseWishart", Kind.SYMMETRIC, List.of(positive("df"), symmetric("scale"))),
                new EventFamily("inverseWishartCholesky", Kind.LOWER, List.of(positive("df"), free("L"))),
                new EventFamily("gaussianRandomWalk", Kind.FREE, List.of(free("start"), positive("sigma"))),
                new EventFamily("ar", Kind.FREE, List.of(free("coefficients"), positive("sigma"))));
    }

    private static Parameter free(String name) {
        return new Parameter(name, Kind.FREE);
    }

    private static Parameter symmetric(String name) {
        return new Parameter(name, Kind.SYMMETRIC);
    }

    private static Parameter positive(String name) {
        return new Parameter(name, Kind.POSITIVE);
    }

    private static Parameter counts(String name) {
        return new Parameter(name, Kind.COUNTS);
    }

    Distribution of(Expr... p) {
        return of(List.of(p));
    }

    Distribution of(List<Expr> p) {
        return Families.table().named(name).of(p);
    }

    /** Inputs per draw: x, then the parameters. */
    List<Expr> inputs(EventReference r) {
        List<Expr> inputs = new ArrayList<>(List.of(r.x().perDraw("x")));
        for (int k = 0; k < parameters.size(); k++) inputs.add(r.parameters().get(k).perDraw(parameters.get(k).name()));
        return inputs;
    }

    /** The parameters as data. */
    List<Expr> data(EventReference r) {
        List<Expr> data = new ArrayList<>();
        for (int k = 0; k < parameters.size(); k++) data.add(r.parameters().get(k).data(parameters.get(k).name()));
        return data;
    }

    /** How many axes of each parameter belong to one event. */
    int[] ranks(EventReference r) {
        return ((Multivariate) of(data(r))).parameterRanks();
    }

    @Override
    public String toString() {
        return name;
    }
}
