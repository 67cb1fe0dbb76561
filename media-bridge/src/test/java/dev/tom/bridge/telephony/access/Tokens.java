package dev.tom.bridge.telephony.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Mints tokens as whoever controls the switch does. */
public final class Tokens {

    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private Tokens() {}

    /** Claims of a good token for a minute from now on. */
    public static JWTClaimsSet.Builder claims(Instant now) {
        return new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)));
    }

    /** A token for this call, for a minute from now on. */
    public static String forCall(String callId, Instant issued) {
        return signed(claims(Instant.now())
                .issueTime(Date.from(issued))
                .claim("call_id", callId)
                .build());
    }

    public static String signed(JWTClaimsSet claims) {
        try {
            return signed(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(SECRET));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
