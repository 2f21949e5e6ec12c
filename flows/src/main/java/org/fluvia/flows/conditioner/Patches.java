package org.fluvia.flows.conditioner;

import org.fluvia.autodiff.Expr;
import org.fluvia.autodiff.Shape;

/** For each position of an image, the channels there and at the positions around it, zeros for those outside. */
final class Patches {
    private final int channels;
    private final int height;
    private final int width;
    private final int up;
    private final int left;

    /** @param reach how far they reach in each direction; no further than there are positions */
    Patches(int channels, int height, int width, int reach) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        up = Math.min(reach, height - 1);
        left = Math.min(reach, width - 1);
    }

    /** How many numbers there are for each position. */
    int rows() {
        return channels * (2 * up + 1) * (2 * left + 1);
    }

    /** Of an image (channels x positions): (rows x positions). */
    Expr of(Expr image) {
        if (up == 0 && left == 0) return image;
        int positions = height * width;
        double[] from = new double[rows() * positions];
        int at = 0;
        for (int c = 0; c < channels; c++) {
            for (int dy = -up; dy <= up; dy++) {
                for (int dx = -left; dx <= left; dx++) {
                    for (int p = 0; p < positions; p++) {
                        int y = p / width + dy;
                        int x = p % width + dx;
                        boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                        from[at++] = inside ? c * positions + y * width + x : channels * positions;
                    }
                }
            }
        }
        Expr padded = Expr.concat(image.flatten(), Expr.of(0));
        return padded.get(Expr.vector(from)).reshape(Shape.of(rows(), positions));
    }
}
