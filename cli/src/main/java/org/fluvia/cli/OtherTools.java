package org.fluvia.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to do instead, for the options of other tools for Bayesian models (CmdStan, brms, PyMC, NumPyro). */
final class OtherTools {
    private static final Map<Set<String>, String> ADVICE = Map.of(
            Set.of("iter", "iterations", "itersampling", "numsamples", "samples", "nsamples", "outputsamples"),
            "--draws N is the number of draws, which are independent of one another.",
            Set.of("chains", "numchains", "nchains", "warmup", "numwarmup", "iterwarmup", "burnin", "tune", "thin"),
            "Fluvia draws from a flow, without chains or warm-up; --draws N is the number of draws.",
            Set.of("adaptdelta", "maxdepth", "maxtreedepth", "stepsize", "targetaccept", "algorithm", "engine"),
            "Fluvia fits a flow and tunes it itself; --within TIME gives it more time, --flow NAME chooses the family.",
            Set.of("cores", "jobs", "parallelchains", "numthreads"), "--threads N is the number of threads.",
            Set.of("timeout", "timelimit", "maxtime"), "--within TIME ends a fit after a time such as 30s.",
            Set.of("output", "outputdir", "outdir", "file"), "--out DIR is the folder that results go into.",
            Set.of("randomseed", "rngseed"), "--seed N is the seed.");

    private OtherTools() {}

    /** A sentence, or null where no other tool has such an option. */
    static @Nullable String advice(String option) {
        String plain = option.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
        return ADVICE.entrySet().stream().filter(e -> e.getKey().contains(plain)).findFirst().map(Map.Entry::getValue).orElse(null);
    }
}
