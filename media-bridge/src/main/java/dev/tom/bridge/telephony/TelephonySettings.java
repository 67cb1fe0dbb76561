package dev.tom.bridge.telephony;

/**
 * The listening side for telephone legs.
 *
 * @param host address to bind
 * @param port TCP port, 0 for any free one
 * @param auth who may connect
 * @param phoneHashSalt salt for caller numbers; empty: numbers are dropped, not hashed
 */
public record TelephonySettings(String host, int port, Auth auth, String phoneHashSalt) {

    /** How a telephone socket proves itself, before the upgrade. */
    public sealed interface Auth {
        /** Anyone may connect; the start warns. */
        record None() implements Auth {}

        /** HTTP basic authentication. */
        record Basic(String user, String password) implements Auth {
            @Override
            public String toString() {
                return "Basic[" + user + "]";
            }
        }

        /** A signed, short-lived token (HS256) in header, query, path or basic-auth password. */
        record Jwt(String secret) implements Auth {
            @Override
            public String toString() {
                return "Jwt[]";
            }
        }
    }

    @Override
    public String toString() {
        return "TelephonySettings[" + host + ":" + port + ", auth=" + auth + "]";
    }
}
