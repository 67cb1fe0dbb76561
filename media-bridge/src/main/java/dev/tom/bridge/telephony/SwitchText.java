package dev.tom.bridge.telephony;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * Texts of a FreeSWITCH module: the first object is the metadata that the dialplan gave, and may come after the first audio; keys are
 * relayed by the dialplan's controller; everything else is nothing to us.
 */
final class SwitchText {

    private static final List<String> CALL_ID_KEYS = List.of("callId", "call_id", "callSid", "uuid");
    private static final List<String> NUMBER_KEYS = List.of("from", "caller");
    private static final String DTMF_DIGITS = "0123456789*#ABCD";

    private final String remarkOnTrailingWords;
    private boolean hasMetadata;

    /**
     * @param remarkOnTrailingWords what it tells about the switch when words follow the metadata
     */
    SwitchText(String remarkOnTrailingWords) {
        this.remarkOnTrailingWords = remarkOnTrailingWords;
    }

    TelephonyMessage read(String text) {
        int end = FirstObject.end(text);
        if (end < 0) {
            return new TelephonyMessage.Garbage();
        }
        JsonObject json;
        try {
            json = new JsonObject(text.substring(0, end));
        } catch (DecodeException e) {
            return new TelephonyMessage.Garbage();
        }
        if ("dtmf".equals(json.getValue("event"))) {
            return key(string(json, "dtmf"));
        }
        if (hasMetadata || "mark".equals(json.getValue("type"))) {
            return new TelephonyMessage.Ignored();
        }
        hasMetadata = true;
        String rest = text.substring(end).strip();
        return new TelephonyMessage.Metadata(
                callId(json), number(json), "", rest.isEmpty() ? "" : remarkOnTrailingWords);
    }

    /** Asks the controller to send the caller elsewhere. */
    static String transfer(String extension) {
        return new JsonObject()
                .put("type", "transfer")
                .put("data", new JsonObject().put("extension", extension))
                .encode();
    }

    /** A key, or nothing when it is none. */
    static TelephonyMessage key(String key) {
        String digit = key.toUpperCase(Locale.ROOT);
        return digit.length() == 1 && DTMF_DIGITS.contains(digit)
                ? new TelephonyMessage.Dtmf(digit.charAt(0))
                : new TelephonyMessage.Ignored();
    }

    /** The name of the call under any of the usual names, or empty. */
    static String callId(JsonObject json) {
        return first(json, CALL_ID_KEYS);
    }

    /** The caller's number under any of the usual names, or empty. */
    static String number(JsonObject json) {
        return first(json, NUMBER_KEYS);
    }

    private static String first(JsonObject json, List<String> keys) {
        return keys.stream()
                .map(key -> string(json, key))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The text under this name, or empty when there is none. */
    static String string(JsonObject json, String key) {
        return json.getValue(key) instanceof CharSequence value ? value.toString() : "";
    }
}
