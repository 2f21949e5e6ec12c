package org.fluvia.cli;

import java.util.stream.Collectors;
import org.fluvia.vi.predictive.Loo;
import org.fluvia.vi.predictive.PointwiseLoo;

/** {@code loo.csv}: leave-one-out cross-validation, one row an observation. */
final class LooCsv {
    private LooCsv() {}

    static String of(Loo loo) {
        return loo.pointwise().stream().map(LooCsv::row)
                .collect(Collectors.joining("\n", "observation,elpd,monte_carlo_error,p_loo,khat,ess\n", "\n"));
    }

    /** A name with several indices has a comma: it stands in quotes. */
    private static String row(PointwiseLoo p) {
        String name = p.name().contains(",") ? '"' + p.name() + '"' : p.name();
        return String.join(",", name, JsonText.decimal(p.elpd()), JsonText.decimal(p.monteCarloError()),
                JsonText.decimal(p.effectiveParameters()), JsonText.decimal(p.khat()), JsonText.decimal(p.ess()));
    }
}
