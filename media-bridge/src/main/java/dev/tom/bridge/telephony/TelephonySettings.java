package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.access.Auth;
import dev.tom.bridge.telephony.access.SourceLimits;
import dev.tom.bridge.telephony.access.TwilioAccount;
import java.util.Optional;

/**
 * The listening side for telephone legs.
 *
 * @param host address to bind
 * @param port TCP port, 0 for any free one
 * @param auth who may connect
 * @param phoneHashSalt salt for caller numbers; empty: numbers are dropped, not hashed
 * @param twilio what requests of Twilio are checked against, when it may connect by its signature
 * @param sources bounds of each source
 * @param messagesPerSecond of each socket
 * @param tls certificate and key; empty: sockets come without TLS
 */
public record TelephonySettings(
        String host,
        int port,
        Auth auth,
        String phoneHashSalt,
        Optional<TwilioAccount> twilio,
        SourceLimits sources,
        int messagesPerSecond,
        Optional<TlsFiles> tls) {

    /** With defaults for the rest. */
    public TelephonySettings(String host, int port, Auth auth, String phoneHashSalt) {
        this(
                host,
                port,
                auth,
                phoneHashSalt,
                Optional.empty(),
                SourceLimits.DEFAULT,
                TelephonyLimits.DEFAULT.messagesPerSecond(),
                Optional.empty());
    }

    @Override
    public String toString() {
        return "TelephonySettings[" + host + ":" + port + ", auth=" + auth + ", twilio=" + twilio + ", tls=" + tls
                + "]";
    }
}
