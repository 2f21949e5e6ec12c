package demos;

import java.util.stream.IntStream;

/**
 * Two lower bounds of the log-probability of each image, in nats, by the same draws of its code.
 *
 * @param elbo the mean of log p(x, z) - log q(z | x): below log p(x) by the Kullback-Leibler divergence of the posterior from q
 * @param iwae the log of the mean of their exponentials (Burda et al. 2016), which more draws bring up to log p(x)
 */
record Bounds(double[] elbo, double[] iwae) {
    /** @param logRatios of each draw, for each image */
    static Bounds of(double[][] logRatios) {
        int images = logRatios[0].length;
        int draws = logRatios.length;
        double[] elbo = new double[images];
        double[] iwae = new double[images];
        for (int i = 0; i < images; i++) {
            double most = Double.NEGATIVE_INFINITY;
            for (double[] draw : logRatios) most = Math.max(most, draw[i]);
            double sum = 0;
            for (double[] draw : logRatios) {
                elbo[i] += draw[i] / draws;
                sum += StrictMath.exp(draw[i] - most);
            }
            iwae[i] = most + StrictMath.log(sum / draws);
        }
        return new Bounds(elbo, iwae);
    }

    /** By how much each image's ELBO is below the other bound. */
    double[] gap() {
        return IntStream.range(0, elbo.length).mapToDouble(i -> iwae[i] - elbo[i]).toArray();
    }

    double meanElbo() {
        return mean(elbo);
    }

    double meanIwae() {
        return mean(iwae);
    }

    /** By how much the ELBO is above another's, on average. */
    double gainOver(Bounds other) {
        return meanElbo() - other.meanElbo();
    }

    /** The standard error of that, from image to image. */
    double errorOfGainOver(Bounds other) {
        double gain = gainOver(other);
        double sum = 0;
        for (int i = 0; i < elbo.length; i++) sum += Math.pow(elbo[i] - other.elbo[i] - gain, 2);
        return Math.sqrt(sum / elbo.length / (elbo.length - 1));
    }

    private static double mean(double[] x) {
        double sum = 0;
        for (double v : x) sum += v;
        return sum / x.length;
    }
}
