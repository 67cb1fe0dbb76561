package dev.tom.bridge.telephony.access;

import java.net.URI;

/**
 * What Twilio's requests are checked against.
 *
 * @param authToken of the account, a secret
 * @param publicUrl what callers of the telephone port see, such as {@code wss://voice.example.com}: Twilio signs that, and a proxy between
 *     rewrites scheme and host
 */
public record TwilioAccount(String authToken, URI publicUrl) {
    @Override
    public String toString() {
        return "TwilioAccount[" + publicUrl + "]";
    }
}
