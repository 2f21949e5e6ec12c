package org.fluvia.vi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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

    /** @param options in words */
    static String of(String options, Target target, Seeds seeds) {
        MessageDigest digest = Sha256.digest();
        digest.update(String.join("\n", Version.ours(), target.model().name(), options).getBytes(StandardCharsets.UTF_8));
        DMatrixRMaj points = NormalNoise.of(seeds.starts()).matrix(target.dimension(), POINTS);
        target.evaluate(points);
        Sha256.update(digest, target.logDensities(), POINTS);
        Sha256.update(digest, target.gradients().data, points.data.length);
        return Sha256.hex(digest);
    }
}
