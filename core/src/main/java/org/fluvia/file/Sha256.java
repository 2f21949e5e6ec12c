package org.fluvia.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksum of files and of what they are made of (FIPS 180-4). */
public final class Sha256 {
    private Sha256() {}

    /** Of nothing yet. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing, which every Java has", e);
        }
    }

    /** Takes in the first so many numbers, by their bits. */
    public static void update(MessageDigest digest, double[] numbers, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES);
        for (int i = 0; i < count; i++) digest.update(bytes.putDouble(0, numbers[i]).array());
    }

    /** Of a text in UTF-8, in lower-case hexadecimal digits. */
    public static String hex(String text) {
        MessageDigest digest = digest();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hex(digest);
    }

    /** Of all that was taken in, in lower-case hexadecimal digits. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
