package org.fluvia.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
}
