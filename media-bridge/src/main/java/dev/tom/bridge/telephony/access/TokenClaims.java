package dev.tom.bridge.telephony.access;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tom.bridge.telephony.access.Grant.Nonce;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the claims of a token with a right signature allow now. Pure: time is an argument. */
final class TokenClaims {

    /** Clocks of switch and bridge may differ by so much. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    /** A use must be remembered for as long as the token is valid; a token for longer belongs into no URL. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern CALL_ID = Pattern.compile("[A-Za-z0-9._:@+-]{1,128}");
    private static final String SUBJECT_OF_A_CALL = "call:";
    private static final int LONGEST_JTI = 256;

    private TokenClaims() {}

    static Verdict judge(JWTClaimsSet claims, Optional<String> audience, Instant now) {
        Date expires = claims.getExpirationTime();
        String jti = claims.getJWTID();
        if (expires == null) {
            return Verdict.Refused.unauthorized("The token has no exp claim");
        }
        Optional<String> untimely = untimely(claims, expires.toInstant(), now);
        if (untimely.isPresent()) {
            return Verdict.Refused.unauthorized(untimely.get());
        }
        if (audience.isPresent() && !claims.getAudience().contains(audience.get())) {
            return Verdict.Refused.unauthorized("The token is for another audience");
        }
        if (jti == null || jti.isBlank() || jti.length() > LONGEST_JTI) {
            return Verdict.Refused.unauthorized(
                    "The token needs a jti claim of 1 to 256 characters, new for each socket");
        }
        Optional<String> callId = callId(claims);
        if (callId.isPresent() && !CALL_ID.matcher(callId.get()).matches()) {
            return Verdict.Refused.unauthorized("The call id in the token is not one a call can have");
        }
        Date issued = claims.getIssueTime();
        return new Verdict.Granted(new Grant(
                callId,
                issued == null ? Instant.EPOCH : issued.toInstant(),
                Optional.of(new Nonce(jti, expires.toInstant().plus(SKEW)))));
    }

    private static Optional<String> untimely(JWTClaimsSet claims, Instant expires, Instant now) {
        Date notBefore = claims.getNotBeforeTime();
        Date issued = claims.getIssueTime();
        if (!now.isBefore(expires.plus(SKEW))) {
            return Optional.of("The token has expired");
        }
        if (expires.isAfter(now.plus(LONGEST).plus(SKEW))) {
            return Optional.of("The token is valid for more than an hour: give it a minute");
        }
        return ahead(notBefore, now) || ahead(issued, now)
                ? Optional.of("The token is not valid yet")
                : Optional.empty();
    }

    private static boolean ahead(@Nullable Date moment, Instant now) {
        return moment != null && now.isBefore(moment.toInstant().minus(SKEW));
    }

    /** {@code call_id}, or {@code sub} when it says that it names a call: most issuers write a person or program there. */
    private static Optional<String> callId(JWTClaimsSet claims) {
        String subject = claims.getSubject();
        try {
            String named = claims.getStringClaim("call_id");
            if (named != null) {
                return Optional.of(named);
            }
        } catch (ParseException e) {
            return Optional.of("");
        }
        return subject != null && subject.startsWith(SUBJECT_OF_A_CALL)
                ? Optional.of(subject.substring(SUBJECT_OF_A_CALL.length()))
                : Optional.empty();
    }
}
