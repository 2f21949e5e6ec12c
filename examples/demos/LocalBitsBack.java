package demos;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.fluvia.autodiff.DrawSource;
import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Gradient;
import org.fluvia.autodiff.Program;
import org.fluvia.autodiff.Shape;
import org.fluvia.autodiff.Workspace;
import org.fluvia.flows.FittedFlow;
import org.fluvia.flows.MappedFlow;

/**
 * Lossless compression of images by the density that a flow has of {@link Marginals}' values: local bits-back coding (Ho et al. 2019,
 * algorithm 1). With f from values to the base's side, J its Jacobian, and all numbers on {@link NormalGrid}, an image is pushed so:
 * <ol>
 * <li>pop values y in the intervals of its levels: their density is that of the marginals there;
 * <li>pop z from N(f(y), s^2 J J^T): a small cloud, which is round with deviation s on the side of y;
 * <li>push y by N(f^-1(z), s^2 I);
 * <li>push z by N(0, I), the base.
 * </ol>
 * What is popped comes back when the image is unpacked, by the same steps backwards. So an image takes -log2 (p q(y) / n(y)), with p its
 * probability by the marginals, q the flow's density and n the standard normal one, but for what f bends within s. Both ways need the same
 * bits of f, f^-1 and J, which the engine gives on any number of threads and with or without vectors. For one thread.
 */
final class LocalBitsBack {
    /** s: narrow enough for f not to bend much, and 32 cells wide. An image of the demonstration takes 0.1 bits more than by the density. */
    private static final double SD = 0x1p-8;
    /** In deviations: how far a cloud reaches. */
    private static final int REACH = 10;

    private final int dimension;
    /** Where the cells of each level begin, for each position. */
    private final long[][] begin;
    private final Workspace toBase;
    private final Expr value;
    private final Expr base;
    private final Expr slopes;
    private final Workspace fromBase;
    private final Expr noise;
    private final Expr image;

    /** z is normal with this mean and covariance SD^2 R^T R. */
    private record Cloud(double[] mean, DMatrixRMaj r) {}

    /** @param flow of values of the marginals; its base is standard normal */
    LocalBitsBack(FittedFlow flow, Marginals marginals) {
        dimension = marginals.dimension();
        begin = begin(marginals);
        if (!(flow.flow() instanceof MappedFlow mapped)) {
            throw new IllegalArgumentException("LocalBitsBack: the flow must be one base and one bijection, but was " + flow.flow());
        }
        Shape shape = Shape.of(dimension);
        value = Expr.perDraw("value", shape);
        Expr direction = Expr.perDraw("direction", shape);
        base = mapped.bijection().inverse(value).value();
        slopes = Gradient.ofProducts(List.of(base), List.of(direction), List.of(value)).get(0);
        toBase = Program.of(base, slopes).workspace();
        toBase.set(direction, DrawSource.of(CommonOps_DDRM.identity(dimension)));
        noise = Expr.perDraw("noise", shape);
        image = mapped.bijection().forward(noise).value();
        fromBase = Program.of(image).workspace();
        flow.flow().weights().set(toBase, flow.weights());
        flow.flow().weights().set(fromBase, flow.weights());
    }

    /** All images in one stack: how many there are, then the stack. */
    byte[] encode(int[][] images) {
        Rans stack = new Rans();
        for (int[] pixels : images) push(stack, pixels);
        return packed(images.length, stack);
    }

    static byte[] packed(int images, Rans stack) {
        byte[] bytes = stack.bytes();
        return ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(images).put(bytes).array();
    }

    /**
     * The images that these bytes were made from.
     *
     * @throws IllegalArgumentException if the bytes are not what the same flow made
     */
    int[][] decode(byte[] bytes) {
        if (bytes.length < Integer.BYTES) throw new IllegalArgumentException("LocalBitsBack: bytes must be at least 4, but were " + bytes.length);
        int count = ByteBuffer.wrap(bytes).getInt();
        Rans stack = Rans.of(Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
        Deque<int[]> images = new ArrayDeque<>();
        while (images.size() < count && stack.suppliedBits() == 0) images.push(pop(stack));
        if (images.size() != count || !stack.isAsNew()) {
            throw new IllegalArgumentException("LocalBitsBack: the stack must end where image " + count + " does, but does not."
                    + " The bytes are damaged, or of another flow.");
        }
        return images.toArray(int[][]::new);
    }

    void push(Rans stack, int[] pixels) {
        long[] y = new long[dimension];
        for (int i = 0; i < dimension; i++) y[i] = cells(i, pixels[i]).pop(stack);
        Cloud cloud = cloud(y);
        long[] z = new long[dimension];
        double[] e = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            Symbols s = conditional(cloud, e, i);
            z[i] = s.pop(stack);
            e[i] = deviation(cloud, e, i, z[i]);
        }
        double[] around = image(z);
        for (int i = 0; i < dimension; i++) NormalGrid.around(around[i], SD).push(stack, y[i]);
        for (int i = 0; i < dimension; i++) NormalGrid.standard().push(stack, z[i]);
    }

    int[] pop(Rans stack) {
        long[] z = new long[dimension];
        for (int i = dimension - 1; i >= 0; i--) z[i] = NormalGrid.standard().pop(stack);
        double[] around = image(z);
        long[] y = new long[dimension];
        for (int i = dimension - 1; i >= 0; i--) y[i] = NormalGrid.around(around[i], SD).pop(stack);
        Cloud cloud = cloud(y);
        double[] e = new double[dimension];
        Symbols[] conditionals = new Symbols[dimension];
        for (int i = 0; i < dimension; i++) {
            conditionals[i] = conditional(cloud, e, i);
            e[i] = deviation(cloud, e, i, z[i]);
        }
        for (int i = dimension - 1; i >= 0; i--) conditionals[i].push(stack, z[i]);
        int[] pixels = new int[dimension];
        for (int i = dimension - 1; i >= 0; i--) {
            pixels[i] = level(i, y[i]);
            cells(i, pixels[i]).push(stack, y[i]);
        }
        return pixels;
    }

    private static long[][] begin(Marginals marginals) {
        int levels = marginals.levels();
        long[][] begin = new long[marginals.dimension()][levels + 1];
        for (int i = 0; i < begin.length; i++) {
            double sum = 0;
            begin[i][0] = NormalGrid.LOW;
            for (int k = 1; k < levels; k++) {
                sum += marginals.probability(i, k - 1);
                begin[i][k] = Math.max(begin[i][k - 1] + 1, NormalGrid.quantile(sum));
            }
            begin[i][levels] = NormalGrid.HIGH;
        }
        return begin;
    }

    /** The cells of a level at a position, by the normal density. */
    private Symbols cells(int position, int level) {
        if (level < 0 || level >= begin[position].length - 1) {
            throw new IllegalArgumentException("LocalBitsBack: levels must be from 0 to " + (begin[position].length - 2) + ", but position " + position
                    + " (counted from 0) had " + level);
        }
        return NormalGrid.standard(begin[position][level], begin[position][level + 1]);
    }

    private int level(int position, long cell) {
        int k = 0;
        while (cell >= begin[position][k + 1]) k++;
        return k;
    }

    private Symbols conditional(Cloud cloud, double[] e, int i) {
        return NormalGrid.near(mean(cloud, e, i), SD * Math.abs(cloud.r.get(i, i)), REACH);
    }

    private double deviation(Cloud cloud, double[] e, int i, long z) {
        return (NormalGrid.value(z) - mean(cloud, e, i)) / (SD * cloud.r.get(i, i));
    }

    /** The mean of element i of a cloud given those before it, which are e deviations away. */
    private double mean(Cloud cloud, double[] e, int i) {
        double sum = cloud.mean[i];
        for (int k = 0; k < i; k++) sum += SD * cloud.r.get(k, i) * e[k];
        return sum;
    }

    private double[] image(long[] z) {
        DMatrixRMaj x = new DMatrixRMaj(dimension, 1);
        for (int i = 0; i < dimension; i++) x.set(i, NormalGrid.value(z[i]));
        fromBase.set(noise, DrawSource.of(x));
        fromBase.run(1);
        return fromBase.perDraw(image).data.clone();
    }

    /** J J^T = R^T R, where Q R = J^T, which has a row of J in each column. */
    private Cloud cloud(long[] y) {
        DMatrixRMaj copies = new DMatrixRMaj(dimension, dimension);
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) copies.set(i, j, NormalGrid.value(y[i]));
        }
        toBase.set(value, DrawSource.of(copies));
        toBase.run(dimension);
        DMatrixRMaj z = toBase.perDraw(base);
        double[] mean = new double[dimension];
        for (int i = 0; i < dimension; i++) mean[i] = z.get(i, 0);
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(dimension, dimension);
        qr.decompose(toBase.perDraw(slopes).copy());
        return new Cloud(mean, qr.getR(null, true));
    }
}
