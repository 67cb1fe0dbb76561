package dev.tom.operator.desired;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells texts apart in annotations: the beginning of their SHA-256 in UTF-8, in hex. */
public final class Fingerprint {

    private Fingerprint() {}

    /** 16 hex digits. */
    public static String of(String text) {
        return of(text, 8);
    }

    /** @param bytes how much of the hash, 1 to 32; each makes two hex digits */
    public static String of(String text, int bytes) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)),
                            0,
                            bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
