package org.fluvia.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Workspace;
import org.fluvia.cli.source.InputFiles;
import org.fluvia.cli.source.UserError;
import org.fluvia.model.BoundModel;
import org.fluvia.model.Data;
import org.fluvia.report.DensityJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fluvia density}: a model's log-density and its gradient at given points, a line of JSON each; or that of a flow that was learned. */
@Command(name = "density", sortOptions = false,
        header = "Prints a model's log-density and its gradient at given points, or that of a flow that was learned.",
        description = "One line of JSON for each point: log_density (on the constrained scale, no Jacobian, all constants kept),"
                + " log_density_unconstrained (with the Jacobian) and gradient (of the latter). A number that is not finite is null, and"
                + " the member not_finite says which it is: \"Infinity\", \"-Infinity\" or \"NaN\".%n"
                + "MODEL may be a file that fluvia learn wrote. Then the points are a CSV file with its columns, and what is printed is CSV:"
                + " log_density, a row for each point.",
        footer = "%nExample: fluvia density people/flow.fluvia --at people.csv%nExample: fluvia density EightSchools.java --data schools.json --at points.json"
                + "%nand in points.json: [{\"mu\": 4.1, \"tau\": 3, \"z\": [0, 1, 0, 0, 0, 0, 0, 0]}]")
final class DensityCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArguments model;

    @Option(names = "--at", paramLabel = "POINTS.json", required = true,
            description = "The points: a JSON list of objects, parameter name -> value on the constrained scale; of a flow a CSV file; - is"
                    + " standard input.")
    private Path points;

    @Override
    public Integer call() {
        if (InputFiles.isFlow(model.name())) {
            if (model.dataName() != null) throw new UserError("--data: a flow that was learned takes none. Leave it out.");
            FlowDensity.print(model.name(), points, spec.commandLine().getOut());
            return 0;
        }
        model.checkFiles();
        InputFiles.checkJson("--at", points);
        if (model.readsStandardInput() && points.equals(InputFiles.STANDARD_INPUT)) {
            throw new UserError("--data and --at must not both be standard input. Name a file for one of them.");
        }
        List<Data> at = Points.read(points);
        return model.use(1, (m, data) -> {
            print(m.bind(data), at);
            return 0;
        });
    }

    private void print(BoundModel bound, List<Data> at) {
        int n = at.size();
        if (n == 0) return;
        DMatrixRMaj unconstrained = new DMatrixRMaj(bound.dimension(), n);
        for (int j = 0; j < n; j++) {
            double[] u = Points.unconstrained(at.get(j), bound);
            for (int i = 0; i < u.length; i++) unconstrained.set(i, j, u[i]);
        }
        Expr gradient = Gradient.of(bound.logDensityUnconstrained(), bound.unconstrained());
        Workspace workspace = Program.of(bound.logDensity(), bound.logDensityUnconstrained(), gradient).workspace();
        workspace.set(bound.unconstrained(), DrawSource.of(unconstrained));
        workspace.run(n);
        DMatrixRMaj density = workspace.perDraw(bound.logDensity());
        DMatrixRMaj densityUnconstrained = workspace.perDraw(bound.logDensityUnconstrained());
        DMatrixRMaj slopes = workspace.perDraw(gradient);
        PrintWriter out = spec.commandLine().getOut();
        double[] slope = new double[bound.dimension()];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < slope.length; i++) slope[i] = slopes.get(i, j);
            out.println(DensityJson.line(density.get(0, j), densityUnconstrained.get(0, j), slope));
        }
        out.flush();
    }
}
