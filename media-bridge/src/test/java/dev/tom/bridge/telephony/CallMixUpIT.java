package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.telephony.RawSwitch.Message;
import dev.tom.bridge.telephony.access.Auth;
import dev.tom.bridge.telephony.access.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Two calls never hear each other, whatever a switch module attaches to which socket (protocols.md B3). */
class CallMixUpIT {

    private static final TelephonyLimits SHORT = new TelephonyLimits(
            64 * 1024,
            330_000,
            1024 * 1024,
            120,
            1_200,
            256_000,
            2_000_000,
            20,
            Duration.ofMillis(400),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofSeconds(1),
            64 * 1024);

    @Test
    void theMuteSocketIsClosedWithinFiveSecondsOfItsUpgrade() {
        assertThat(TelephonyLimits.DEFAULT.firstSign()).isEqualTo(Duration.ofSeconds(5));
    }

    /** As it was seen: the socket of call B, with B's token, carries A's metadata and A's audio, and what is played on it A hears. */
    @Test
    void aSocketThatCarriesAnotherCallsMetadataIsClosedBeforeAudioMovesEitherWay() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.Jwt(Tokens.SECRET), TelephonyLimits.DEFAULT);
                var callA = telephony.upgraded(path("call-a"));
                var callB = telephony.upgraded(path("call-b"))) {
            callA.text(metadata("call-a"));
            await().until(() -> telephony.recorder.calls.size() == 1);

            callB.binary(new byte[320]);
            callB.text(metadata("call-a"));
            callB.binary(new byte[320]);

            assertThat(close(callB).closeCode()).isEqualTo(1008);
            assertThat(close(callB).closeReason())
                    .isEqualTo("the metadata names another call than the one this socket was opened for");
            assertThat(telephony.bounds).containsExactly("mixed up metadata");
            assertThat(callB.received(RawSwitch.BINARY)).isEmpty();
            assertThat(telephony.recorder.calls).hasSize(1);
            assertThat(telephony.recorder.calls.getFirst().told).containsExactly("started");
            assertThat(telephony.recorder.calls.getFirst().pcm()).isEmpty();
        }
    }

    @Test
    void metadataWithoutACallIdIsAnotherCallsToo() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.Jwt(Tokens.SECRET), TelephonyLimits.DEFAULT);
                var caller = telephony.upgraded(path("call-a"))) {
            caller.text("{\"from\":\"+4973100000\"}");
            assertThat(close(caller).closeCode()).isEqualTo(1008);
            assertThat(telephony.recorder.calls).isEmpty();
        }
    }

    @Test
    void aSocketOpenedForOneCallNeverStartsWithoutMetadata() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.Jwt(Tokens.SECRET), SHORT);
                var caller = telephony.upgraded(path("call-a"))) {
            caller.binary(new byte[320]);
            caller.binary(new byte[0]);
            assertThat(close(caller).closeReason()).isEqualTo("no metadata came in time");
            assertThat(telephony.recorder.calls).isEmpty();
        }
    }

    @Test
    void audioThatComesBeforeItsMetadataIsHeardOnceItsCallIsKnown() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.Jwt(Tokens.SECRET), TelephonyLimits.DEFAULT);
                var caller = telephony.upgraded(path("call-a"))) {
            caller.binary(new byte[320]);
            caller.text(metadata("call-a"));
            await().until(() -> telephony.recorder.calls.size() == 1
                    && telephony.recorder.calls.getFirst().pcm().length == 320);
            assertThat(telephony.recorder.calls.getFirst().start().callId()).isEqualTo("call-a");
        }
    }

    /** With a password there is no token to name the call, but the dialplan can name it in the address. */
    @Test
    void theAddressBindsASocketWithoutAToken() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.None(), TelephonyLimits.DEFAULT);
                var right = telephony.upgraded("/v1/fork?call_id=call-a");
                var wrong = telephony.upgraded("/v1/fork?call_id=call-b")) {
            right.text(metadata("call-a"));
            await().until(() -> telephony.recorder.calls.size() == 1);
            wrong.text(metadata("call-a"));
            assertThat(close(wrong).closeCode()).isEqualTo(1008);
            assertThat(right.received(RawSwitch.CLOSE)).isEmpty();
        }
    }

    @Test
    void addressAndTokenMustNameTheSameCall() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.Jwt(Tokens.SECRET), TelephonyLimits.DEFAULT);
                var caller = telephony.connect()) {
            assertThat(caller.request(RawSwitch.upgrade(path("call-a") + "?call_id=call-b")))
                    .startsWith("HTTP/1.1 403 ")
                    .endsWith("The call_id parameter names another call than the token\n");
        }
    }

    @Test
    void aSecondSocketOfALiveCallIsRefused() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.None(), TelephonyLimits.DEFAULT);
                var first = telephony.upgraded("/v1/fork");
                var second = telephony.upgraded("/v1/fork")) {
            first.text(metadata("call-a"));
            await().until(() -> telephony.recorder.calls.size() == 1);
            first.binary(new byte[320]);
            second.text(metadata("call-a"));
            assertThat(close(second).closeReason()).isEqualTo("this call is live on another socket");
            assertThat(telephony.bounds).containsExactly("mixed up twice");
            assertThat(telephony.recorder.calls).hasSize(1);
            assertThat(first.received(RawSwitch.CLOSE)).isEmpty();
        }
    }

    /** The resume: the switch lost the first socket without our noticing, and comes again with a new token for the same call. */
    @Test
    void aNewTokenForALiveCallTakesItOverAndTheOldSocketIsClosed() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.Jwt(Tokens.SECRET), TelephonyLimits.DEFAULT);
                var lost = telephony.upgraded(path("call-a"))) {
            lost.text(metadata("call-a"));
            await().until(() -> telephony.recorder.calls.size() == 1);
            try (var resumed = telephony.upgraded(path("call-a"))) {
                resumed.text(metadata("call-a"));
                assertThat(close(lost).closeReason()).isEqualTo("a newer socket has this call");
                await().until(() -> telephony.recorder.calls.size() == 2);
                resumed.binary(new byte[320]);
                await().until(() -> telephony.recorder.calls.get(1).pcm().length == 320);
                assertThat(telephony.recorder.calls.get(0).pcm()).isEmpty();
                await().until(() ->
                        telephony.recorder.calls.get(0).told.getLast().startsWith("stopped: closed by the bridge"));
                assertThat(telephony.bounds).isEmpty();
            }
        }
    }

    @Test
    void anOlderTokenTakesNothingOver() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.Jwt(Tokens.SECRET), TelephonyLimits.DEFAULT);
                var live = telephony.upgraded(path("call-a"));
                var late = telephony.upgraded(
                        "/v1/fork/" + Tokens.forCall("call-a", Instant.now().minusSeconds(20)))) {
            live.text(metadata("call-a"));
            await().until(() -> telephony.recorder.calls.size() == 1);
            live.binary(new byte[320]);
            late.text(metadata("call-a"));
            assertThat(close(late).closeReason()).isEqualTo("this call is live on another socket");
            assertThat(live.received(RawSwitch.CLOSE)).isEmpty();
        }
    }

    @Test
    void aCallIdIsFreeAgainWhenItsSocketIsGone() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.None(), TelephonyLimits.DEFAULT)) {
            for (int i = 1; i <= 3; i++) {
                try (var caller = telephony.upgraded("/v1/fork")) {
                    caller.text(metadata("call-a"));
                    int calls = i;
                    await().until(() -> telephony.recorder.calls.size() == calls);
                }
                int last = i - 1;
                await().until(() ->
                        telephony.recorder.calls.get(last).told.getLast().startsWith("stopped"));
            }
        }
    }

    @Test
    void aUsedTokenOpensNothing() throws IOException {
        String path = path("call-a");
        try (var telephony = new RunningTelephony(new Auth.Jwt(Tokens.SECRET), TelephonyLimits.DEFAULT);
                var first = telephony.upgraded(path);
                var second = telephony.connect()) {
            assertThat(second.request(RawSwitch.upgrade(path)))
                    .startsWith("HTTP/1.1 401 ")
                    .endsWith("The token was used before: each socket needs a new one\n");
            assertThat(first.ended()).isFalse();
        }
    }

    private static String path(String callId) {
        return "/v1/fork/" + Tokens.forCall(callId, Instant.now());
    }

    private static String metadata(String callId) {
        return "{\"callId\":\"" + callId + "\"}";
    }

    private static Message close(RawSwitch caller) {
        await().until(() -> !caller.received(RawSwitch.CLOSE).isEmpty());
        return caller.received(RawSwitch.CLOSE).getFirst();
    }
}
