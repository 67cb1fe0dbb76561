package dev.tom.bridge.telephony;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Turns callers' numbers into salted hashes: HMAC-SHA-256, the first 32 hex digits. Without a salt there is no hash. */
final class CallerHash {

    private static final Pattern NUMBER = Pattern.compile("(?:(?:sips?|tel):)?([+0-9][0-9 ()./-]{2,30})(?:@.*)?");

    private final String salt;

    CallerHash(String salt) {
        this.salt = salt;
    }

    /**
     * @param number as the switch sends it, also as {@code sip:} or {@code tel:} address
     * @return empty when it is no number or there is no salt
     */
    String of(String number) {
        Matcher match = NUMBER.matcher(number.strip());
        return match.matches() ? ofText(match.group(1).replaceAll("[^+0-9]", "").replaceFirst("^00", "+")) : "";
    }

    /** Of any text, as it is; empty when there is no salt. */
    String ofText(String text) {
        if (salt.isEmpty()) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
