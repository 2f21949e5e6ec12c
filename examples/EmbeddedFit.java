import static org.fluvia.dist.Distributions.*;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.fluvia.autodiff.Expr;
import org.fluvia.model.Data;
import org.fluvia.model.Model;
import org.fluvia.vi.Fit;
import org.fluvia.vi.Posterior;
import org.fluvia.vi.Verdict;

/** A Java program that fits a model and uses the result: the library without the command line. */
public final class EmbeddedFit {
    private EmbeddedFit() {}

    public static void main(String[] args) throws IOException {
        Model eightSchools = Model.define("eight schools", m -> {
            Expr sigma = m.data("sigma");
            Expr mu = m.sample("mu", normal(0, 5));
            Expr tau = m.sample("tau", halfCauchy(5));
            Expr z = m.sample("z", normal(0, 1), 8);
            Expr theta = m.derive("theta", mu.plus(tau.times(z)));
            m.observe("y", normal(theta, sigma));
        });
        Data data = args.length > 0 ? Data.json(Path.of(args[0]))
                : Data.empty().with("y", 28, 8, -3, 7, -1, 1, 18, 12).with("sigma", 15, 10, 16, 11, 9, 11, 10, 18);

        Posterior posterior = Fit.of(eightSchools).data(data).seed(7).within(Duration.ofSeconds(30)).run();
        System.out.println(posterior);
        if (posterior.verdict() == Verdict.FAIL) System.exit(3);

        System.out.println();
        System.out.printf("P(tau > 5)                 %.3f%n", posterior.probability(d -> d.get("tau") > 5));
        System.out.printf("P(school 1 beats school 3) %.3f%n", posterior.probability(d -> d.get("theta[1]") > d.get("theta[3]")));
        System.out.printf("90 %% interval of theta[1]  %.1f to %.1f%n", posterior.quantile("theta[1]", 0.05),
                posterior.quantile("theta[1]", 0.95));
    }
}
