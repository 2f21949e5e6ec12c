package org.fluvia.plots.canvas;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/** PNG files whose pixels are stored, not compressed: what a compressor makes depends on its version, and these bytes must not. */
final class StoredPng {
    private static final int LARGEST_BLOCK = 0xFFFF;

    private StoredPng() {}

    static byte[] of(Pixels pixels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        int depth = 8;
        int indexed = 3;
        chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(pixels.width()).putInt(pixels.height()).put((byte) depth).put((byte) indexed).array());
        ByteBuffer palette = ByteBuffer.allocate(3 * pixels.palette().length);
        for (int rgb : pixels.palette()) palette.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
        chunk(out, "PLTE", palette.array());
        chunk(out, "IDAT", stored(rows(pixels)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** Each row after a byte that says it is not filtered. */
    private static byte[] rows(Pixels pixels) {
        ByteBuffer rows = ByteBuffer.allocate((pixels.width() + 1) * pixels.height());
        for (int row = 0; row < pixels.height(); row++) rows.put((byte) 0).put(pixels.indices(), row * pixels.width(), pixels.width());
        return rows.array();
    }

    /** The zlib format of RFC 1950 with blocks of RFC 1951 that are not compressed. */
    private static byte[] stored(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x78, 0x01});
        int from = 0;
        do {
            int length = Math.min(LARGEST_BLOCK, data.length - from);
            out.write(from + length == data.length ? 1 : 0);
            out.writeBytes(new byte[] {(byte) length, (byte) (length >> 8), (byte) ~length, (byte) (~length >> 8)});
            out.write(data, from, length);
            from += length;
        } while (from < data.length);
        Adler32 sum = new Adler32();
        sum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] typed = ByteBuffer.allocate(4 + data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data).array();
        CRC32 sum = new CRC32();
        sum.update(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
