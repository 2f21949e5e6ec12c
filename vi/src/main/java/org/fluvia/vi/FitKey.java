package org.fluvia.vi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.ejml.data.DMatrixRMaj;
import org.fluvia.autodiff.NormalNoise;
import org.fluvia.file.Sha256;
import org.fluvia.text.Version;
import org.fluvia.vi.density.Target;
import org.fluvia.vi.draws.Seeds;

/**
 * What tells a fit from another one: the version of Fluvia, the options that bits depend on, and the log-density with its gradient at a few points, which
 * tells models and data from others.
 */
final class FitKey {
    private static final int POINTS = 8;

    private FitKey() {}

    static String of(Options options, Target target, Seeds seeds) {
        MessageDigest digest = Sha256.digest();
        String words = String.join("\n", Version.ours(), target.model().name(), String.valueOf(options.seed()), String.valueOf(options.batch()),
                options.objective().getClass().getName(), options.plan().toString(),
                options.init() == null ? "" : Arrays.toString(options.init().unconstrained("init", target.model())));
        digest.update(words.getBytes(StandardCharsets.UTF_8));
        DMatrixRMaj points = NormalNoise.of(seeds.starts()).matrix(target.dimension(), POINTS);
        target.evaluate(points);
        update(digest, target.logDensities(), POINTS);
        update(digest, target.gradients().data, points.data.length);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, double[] numbers, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES);
        for (int i = 0; i < count; i++) digest.update(bytes.putDouble(0, numbers[i]).array());
    }
}
