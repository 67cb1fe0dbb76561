package dev.tom.bridge.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Names a state of the live settings: 16 hex digits of the SHA-256 over the sorted lines {@code KEY=VALUE\n} of the live keys that are stated. */
public final class ConfigHash {

    private ConfigHash() {}

    /** @param settings keys and values as stated; others than the live keys do not count */
    public static String of(Map<String, String> settings) {
        var lines = new StringBuilder();
        new TreeMap<>(settings).forEach((key, value) -> {
            if (Setting.named(key).filter(Setting::live).isPresent()) {
                lines.append(key).append('=').append(value).append('\n');
            }
        });
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
