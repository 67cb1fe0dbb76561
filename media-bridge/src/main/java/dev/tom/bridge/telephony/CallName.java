package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.TelephonyMessage.Metadata;
import java.util.UUID;
import java.util.regex.Pattern;

/** The name of a call in logs and records: the switch's, unless that would tell a telephone number. */
final class CallName {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:@+-]{1,128}");

    /** With a country code or a trunk prefix, or as an address. */
    private static final Pattern NUMBER = Pattern.compile("(?:sips?|tel):.*|(?:\\+|0)[0-9.-]{5,}(?:@.*)?");

    private static final int LEAST_DIGITS = 6;

    private CallName() {}

    static String of(Metadata metadata, CallerHash callerHash) {
        String callId = metadata.callId();
        if (!ALLOWED.matcher(callId).matches()) {
            return "leg-" + UUID.randomUUID();
        }
        if (!tells(callId, metadata.number())) {
            return callId;
        }
        String hash = callerHash.ofText(callId);
        return "leg-" + (hash.isEmpty() ? UUID.randomUUID().toString() : hash);
    }

    private static boolean tells(String callId, String number) {
        String digits = number.replaceAll("[^0-9]", "");
        boolean holdsIt = digits.length() >= LEAST_DIGITS
                && callId.replaceAll("[^0-9]", "").contains(digits);
        return holdsIt || NUMBER.matcher(callId).matches();
    }
}
