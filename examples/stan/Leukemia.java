import static org.fluvia.autodiff.Functions.*;
import static org.fluvia.dist.Distributions.*;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Scan;
import org.fluvia.model.ModelBuilder;
import org.fluvia.model.ModelSource;

/**
 * Weeks in remission of patients with leukemia, with and without treatment: Cox's proportional hazards, by the partial likelihood
 * (Breslow's for ties). Patients in the order of falling times make the patients at risk the first of them.
 */
public final class Leukemia implements ModelSource {
    @Override
    public void define(ModelBuilder m) {
        double[] weeks = m.numbers("weeks");
        int n = weeks.length;
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> -weeks[i])).mapToInt(i -> i).toArray();
        double[] patient = new double[n];
        double[] lastAtRisk = new double[n];
        for (int i = 0; i < n; i++) {
            patient[i] = order[i];
            int last = i;
            while (last + 1 < n && weeks[order[last + 1]] == weeks[order[i]]) last++;
            lastAtRisk[i] = last;
        }
        Expr sorted = Expr.vector(patient);
        Expr beta = m.sample("beta", normal(0, 2));
        Expr logHazard = beta.times(m.data("treated").get(sorted));
        Expr logAtRisk = Scan.of(logHazard.get(0), logHazard.slice(1, n), (sum, h) -> logAddExp(sum, h)).path();
        Expr relapsed = m.data("relapsed").get(sorted);
        m.logDensity(relapsed.times(logHazard.minus(logAtRisk.get(Expr.vector(lastAtRisk)))));
        m.derive("hazard_ratio", beta.exp());
    }
}
