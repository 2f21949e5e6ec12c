package demos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.plots.Grid;
import org.fluvia.plots.Picture;

/** What several demonstrations need to draw. */
final class Drawn {
    private Drawn() {}

    /** Values of a function of numbers, recorded on expressions. */
    static double[] values(UnaryOperator<Expr> f, double[] at) {
        return values(f, Shape.of(), new DMatrixRMaj(1, at.length, true, at));
    }

    /** Values of a function of vectors at each column. */
    static double[] values(UnaryOperator<Expr> f, DMatrixRMaj at) {
        return values(f, Shape.of(at.numRows), at);
    }

    private static double[] values(UnaryOperator<Expr> f, Shape shape, DMatrixRMaj at) {
        Expr x = Expr.perDraw("x", shape);
        Expr y = f.apply(x);
        Workspace w = Program.of(y).workspace();
        w.set(x, DrawSource.of(at));
        w.run(at.numCols);
        return Arrays.copyOf(w.perDraw(y).data, at.numCols);
    }

    /** A density of vectors, recorded on expressions, over a rectangle. */
    static Grid density(UnaryOperator<Expr> logDensity, Grid.Over over) {
        return over.values(values(logDensity, over.nodes())).map(StrictMath::exp);
    }

    /** Writes a picture as PNG and as SVG. */
    static void write(Picture picture, Path folder, String name) throws IOException {
        picture.write(folder.resolve(name + ".png"));
        picture.write(folder.resolve(name + ".svg"));
    }
}
