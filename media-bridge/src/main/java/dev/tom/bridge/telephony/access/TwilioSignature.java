package dev.tom.bridge.telephony.access;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Twilio's {@code X-Twilio-Signature}: base64 of HMAC-SHA1 over the URL that Twilio was told to connect to, with the account's token as key
 * (protocols.md D). A WebSocket handshake has no body, so no parameters follow the URL. Pure.
 */
public final class TwilioSignature {

    /** The header, in any case of letters. */
    public static final String HEADER = "X-Twilio-Signature";

    private final TwilioAccount account;
    private final String base;

    public TwilioSignature(TwilioAccount account) {
        this.account = account;
        this.base = account.publicUrl().toString().replaceFirst("/+$", "");
    }

    /**
     * Whether a request was signed by this account.
     *
     * @param uri path and query as they were requested
     * @param signature value of the header
     */
    public boolean signed(String uri, String signature) {
        // Twilio adds a slash to the signed URL of some requests without a query.
        return same(signature, of(base + uri)) || same(signature, of(base + uri + "/"));
    }

    private static boolean same(String shown, String expected) {
        return MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private String of(String url) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(account.authToken().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(url.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }
}
