package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.telephony.TelephonyMessage.Metadata;
import dev.tom.bridge.telephony.access.Grant;
import dev.tom.bridge.telephony.access.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Caller hashes, names and owners of calls, paths and rates: what is decided without a socket. */
class AdmissionRulesTest {

    @ParameterizedTest
    @CsvSource({
        "+4973100000,true",
        "0049 731 00000,true",
        "+49 (731) 000-00,true",
        "sip:+4973100000@example.org,true",
        "tel:+4973100000,true",
        "+4973100001,false",
    })
    void oneNumberHasOneHash(String number, boolean same) {
        var hash = new CallerHash("salt");
        assertThat(hash.of(number).equals(hash.of("+4973100000"))).isEqualTo(same);
        assertThat(hash.of(number)).matches("[0-9a-f]{32}");
        assertThat(hash.of(number)).isNotEqualTo(new CallerHash("pepper").of(number));
    }

    @ParameterizedTest
    @CsvSource({"anonymous", "sip:alice@example.org", "''", "+", "12345678901234567890123456789012345"})
    void whatIsNoNumberHasNoHash(String text) {
        assertThat(new CallerHash("salt").of(text)).isEmpty();
        assertThat(new CallerHash("").of("+4973100000")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/fork,AUDIO_FORK,''",
        "/v1/fork/,AUDIO_FORK,''",
        "/v1/fork/abc.d,AUDIO_FORK,abc.d",
        "/v1/stream/t,AUDIO_STREAM,t",
        "/v1/twilio,TWILIO,''",
        "/v1/asterisk/t,ASTERISK,t"
    })
    void ourPaths(String path, Dialect dialect, String token) {
        assertThat(Dialect.of(path)).contains(new Dialect.Target(dialect, token));
    }

    @ParameterizedTest
    @CsvSource({"/", "/v1/forks", "/v1/fork/a/b", "/v2/fork", "/v1"})
    void otherPaths(String path) {
        assertThat(Dialect.of(path)).isEmpty();
    }

    @Test
    void aBucketGivesBurstThenRate() {
        var bucket = new TokenBucket(10, 3, 0);
        assertThat(bucket.take(3, 0)).isTrue();
        assertThat(bucket.take(1, 99_000_000)).isFalse();
        assertThat(bucket.take(1, 100_000_000)).isTrue();
        assertThat(bucket.take(3, Duration.ofHours(1).toNanos())).isTrue();
        assertThat(bucket.take(1, Duration.ofHours(1).toNanos())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1000,1000", "1001,1001", "1009,1009", "1012,1011", "1013,1011", "3000,3000", "4999,4999", "70,1011"})
    void closeCodesAreThoseASwitchAnswers(int asked, int sent) {
        assertThat(CloseCodes.accepted(asked)).isEqualTo((short) sent);
    }

    @Test
    void closeReasonsFit() {
        assertThat(CloseCodes.fitting("ü".repeat(100))).isEqualTo("ü".repeat(61));
        assertThat(CloseCodes.fitting("short")).isEqualTo("short");
    }

    @ParameterizedTest
    @CsvSource({
        "0e9f6a2e-1111-4222-8333-444455556666, '',           true",
        "CA1234567890abcdef,                   +4973100000,  true",
        "84729472@10.0.0.1,                    '',           true",
        "+4973100000,                          '',           false",
        "004973100000@example.org,             '',           false",
        "sip:alice@example.org,                '',           false",
        "call-4973100000-7,                    +49731 00000, false",
        "a b,                                  '',           false",
        "'',                                   '',           false",
    })
    void theNameOfACallTellsNoNumber(String callId, String number, boolean kept) {
        String name = CallName.of(new Metadata(callId, number, "", ""), new CallerHash("salt"));
        if (kept) {
            assertThat(name).isEqualTo(callId);
        } else {
            assertThat(name).startsWith("leg-").doesNotContain("4973100000").doesNotContain("alice");
        }
    }

    @Test
    void theSameNumberAsNameIsTheSameLegAndWithoutASaltNone() {
        var metadata = new Metadata("+4973100000", "", "", "");
        assertThat(CallName.of(metadata, new CallerHash("salt")))
                .isEqualTo(CallName.of(metadata, new CallerHash("salt")));
        assertThat(CallName.of(metadata, new CallerHash(""))).isNotEqualTo(CallName.of(metadata, new CallerHash("")));
    }

    @Test
    void aSocketIsBoundByItsTokenOrItsAddressAndNotByTwo() {
        CallBinding byToken = binding("c-1", 5, "");
        assertThat(byToken.contradicts("c-1")).isFalse();
        assertThat(byToken.contradicts("c-2")).isTrue();
        assertThat(byToken.contradicts("")).isTrue();
        assertThat(binding("c-1", 5, "c-1")).isEqualTo(byToken);
        assertThat(CallBinding.of(grant("c-1", 5), Optional.of("c-2"))).isEmpty();
        assertThat(binding("", 0, "c-3").contradicts("c-4")).isTrue();
        assertThat(binding("", 0, "").contradicts("anything")).isFalse();
    }

    @Test
    void aLiveCallIsTakenOverByALaterTokenOrFromASilentSocketAndKeptOtherwise() {
        long now = Duration.ofMinutes(1).toNanos();
        var live = new LiveLegs();
        var first = new SomeLeg(binding("c-1", 5, ""), now);
        assertThat(live.claim("c-1", first, now)).isTrue();
        assertThat(live.claim("c-1", new SomeLeg(binding("c-1", 4, ""), now), now))
                .isFalse();
        assertThat(live.claim("c-1", new SomeLeg(binding("", 0, "c-1"), now), now))
                .isFalse();
        assertThat(first.replaced).isFalse();

        var second = new SomeLeg(binding("c-1", 5, ""), now);
        assertThat(live.claim("c-1", second, now)).isTrue();
        assertThat(first.replaced).isTrue();
        live.release("c-1", first);
        var unsigned = new SomeLeg(binding("", 0, ""), now);
        assertThat(live.claim("c-1", unsigned, now)).isFalse();

        assertThat(live.claim("c-1", unsigned, now + LiveLegs.SILENT.toNanos() + 1))
                .isTrue();
        assertThat(second.replaced).isTrue();
        live.release("c-1", unsigned);
        assertThat(live.claim("c-1", new SomeLeg(binding("", 0, ""), now), now)).isTrue();
    }

    private static CallBinding binding(String inToken, int issuedSecond, String inAddress) {
        return CallBinding.of(
                        inToken.isEmpty() ? Grant.ANY_CALL : grant(inToken, issuedSecond),
                        Optional.of(inAddress).filter(named -> !named.isEmpty()))
                .orElseThrow();
    }

    private static Grant grant(String callId, int issuedSecond) {
        return new Grant(Optional.of(callId), Instant.ofEpochSecond(issuedSecond), Optional.empty());
    }

    private static final class SomeLeg implements LiveLegs.Leg {
        private final CallBinding binding;
        private final long heardNanos;
        private boolean replaced;

        SomeLeg(CallBinding binding, long heardNanos) {
            this.binding = binding;
            this.heardNanos = heardNanos;
        }

        @Override
        public CallBinding binding() {
            return binding;
        }

        @Override
        public long heardNanos() {
            return heardNanos;
        }

        @Override
        public void replaced() {
            replaced = true;
        }
    }
}
