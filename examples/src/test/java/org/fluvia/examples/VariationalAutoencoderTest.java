package org.fluvia.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import demos.VariationalAutoencoder;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class VariationalAutoencoderTest {
    @Test
    void aFlowIsNearerToThePosteriorThanANormalDistribution() throws IOException {
        VariationalAutoencoder.Result r = VariationalAutoencoder.run(300);
        assertTrue(r.gain() > 3 * r.error(), r.toString());
        assertTrue(r.flowIwae() - r.flowElbo() < r.normalIwae() - r.normalElbo(), r.toString());
        assertTrue(r.flowElbo() > -175, r.toString());
    }
}
