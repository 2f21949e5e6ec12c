package demos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.flows.Flows;
import org.fluvia.plots.Panel;
import org.fluvia.plots.Picture;

/**
 * Learns handwritten digits with a multi-scale Glow beside other flows, and draws new ones and those between two.
 *
 * <pre>./fluvia run examples/demos/DigitsByGlow.java [folder]</pre>
 */
public final class DigitsByGlow {
    private static final int ACROSS = 10;
    private static final int ROWS = 6;

    private DigitsByGlow() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "gallery");
        Digits digits = Digits.all();
        DigitFlow glow = DigitFlow.glow(digits.toLearn());
        System.out.printf("bits per pixel of %d images held out%n", digits.heldOut().size());
        System.out.printf("  each pixel alone  %.3f%n", glow.marginals().bitsPerPixel(digits.heldOut()));
        print("Gaussian copula", DigitFlow.learn(Flows.fullRank(), digits.toLearn(), DigitFlow::fully));
        print("RealNVP", DigitFlow.learn(Flows.realNvp().hidden(128, 128), digits.toLearn(), DigitFlow::fully));
        print("spline couplings", DigitFlow.learn(Flows.splineCoupling().hidden(64, 64), digits.toLearn(), DigitFlow::fully));
        print("Glow", glow);
        picture(glow, digits.heldOut()).write(folder.resolve("digits-by-glow.png"));
        picture(glow, digits.heldOut()).write(folder.resolve("digits-by-glow.svg"));
    }

    private static void print(String name, DigitFlow flow) throws IOException {
        System.out.printf("  %-16s  %.3f, learned in %.0f s%n", name, flow.bitsPerPixel(Digits.all().heldOut()), flow.learned().record().seconds());
    }

    /** Images, draws, and images between two. */
    static Picture picture(DigitFlow flow, Digits digits) {
        int[][] drawn = DigitFlow.levels(flow.learned().sample(ACROSS * ROWS, 5));
        return Picture.of(panel("digits held out", Arrays.copyOf(digits.images(), ACROSS * ROWS)), panel("drawn", drawn),
                panel("from one held out to another", between(flow, digits)));
    }

    private static Panel panel(String title, int[][] images) {
        List<double[]> grey = Arrays.stream(images).map(image -> Arrays.stream(image).asDoubleStream().toArray()).toList();
        return Panel.images(title, grey, Digits.SIDE, Digits.SIDE, ACROSS, 0, Digits.LEVELS - 1);
    }

    /** Rows from an image to the next: on the base's side along an arc, on which draws stay as far from 0 as draws of the base are. */
    static int[][] between(DigitFlow flow, Digits digits) {
        DMatrixRMaj base = flow.learned().toBase(digits.dequantised(3).columns());
        List<int[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            DMatrixRMaj arc = new DMatrixRMaj(Digits.PIXELS, ACROSS);
            for (int k = 0; k < ACROSS; k++) {
                double angle = 0.5 * Math.PI * k / (ACROSS - 1);
                for (int i = 0; i < Digits.PIXELS; i++) {
                    arc.set(i, k, Math.cos(angle) * base.get(i, 2 * row) + Math.sin(angle) * base.get(i, 2 * row + 1));
                }
            }
            rows.addAll(Arrays.asList(flow.images(arc)));
        }
        return rows.toArray(int[][]::new);
    }
}
