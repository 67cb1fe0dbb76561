package dev.tom.bridge.telephony.access;

import java.net.URI;
import java.util.Optional;

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

    /**
     * A signed, short-lived token that is used once, in header, query, path or basic-auth password.
     *
     * @param secret the HS256 key; empty: HS256 is refused
     * @param keys the JWK set with the keys for RS256 and ES256: {@code https:}, {@code http:} on loopback, or {@code file:}
     * @param audience that the token must name
     * @param nonces the Redis in which used tokens are noted; empty: in this process's memory. May carry a password
     */
    record Jwt(String secret, Optional<URI> keys, Optional<String> audience, Optional<URI> nonces) implements Auth {

        /** With a shared secret and nothing else. */
        public Jwt(String secret) {
            this(secret, Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "Jwt[keys=" + keys + ", audience=" + audience + "]";
        }
    }
}
