package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.telephony.access.Auth;
import dev.tom.bridge.telephony.access.SourceLimits;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one address may do, over real sockets: every refusal comes before the upgrade. */
class SourceLimitsIT {

    @Test
    void openSocketsOfOneAddressAreBoundedUntilOneIsGone() throws IOException {
        try (var telephony = running(new Auth.None(), new SourceLimits(2, 1_000, 1_000, 5, 60, 16));
                var first = telephony.upgraded("/v1/fork");
                var second = telephony.upgraded("/v1/fork")) {
            try (var third = telephony.connect()) {
                assertThat(third.request(RawSwitch.upgrade("/v1/fork")))
                        .startsWith("HTTP/1.1 429 ")
                        .containsIgnoringCase("\r\nretry-after: 5\r\n")
                        .endsWith("This address has 2 sockets open, which is the most\n");
            }
            first.breakOff();
            await().untilAsserted(() -> {
                try (var again = telephony.connect()) {
                    assertThat(again.request(RawSwitch.upgrade("/v1/fork"))).startsWith("HTTP/1.1 101 ");
                }
            });
            assertThat(second.ended()).isFalse();
        }
    }

    @Test
    void upgradesOfOneAddressAreBounded() throws IOException {
        try (var telephony = running(new Auth.None(), new SourceLimits(100, 1, 3, 5, 60, 16))) {
            for (int i = 0; i < 3; i++) {
                telephony.upgraded("/v1/fork").close();
            }
            try (var fourth = telephony.connect()) {
                assertThat(fourth.request(RawSwitch.upgrade("/v1/fork")))
                        .startsWith("HTTP/1.1 429 ")
                        .containsIgnoringCase("\r\nretry-after: 1\r\n");
            }
            assertThat(telephony.bounds).containsExactly("refused 429");
        }
    }

    @Test
    void guessingIsSlowedDown() throws IOException {
        try (var telephony =
                running(new Auth.Basic("switch", "right"), new SourceLimits(100, 1_000, 1_000, 1, 4, 16))) {
            for (int i = 0; i < 4; i++) {
                assertThat(answer(telephony, "authorization: Basic d3Jvbmc6d3Jvbmc="))
                        .startsWith("HTTP/1.1 401 ");
            }
            assertThat(answer(telephony, "authorization: Basic c3dpdGNoOnJpZ2h0"))
                    .startsWith("HTTP/1.1 429 ")
                    .endsWith("Too many wrong tokens or passwords from this address\n");
            await().untilAsserted(() -> assertThat(answer(telephony, "authorization: Basic c3dpdGNoOnJpZ2h0"))
                    .startsWith("HTTP/1.1 101 "));
        }
    }

    private static String answer(RunningTelephony telephony, String header) throws IOException {
        try (var caller = telephony.connect()) {
            return caller.request(RawSwitch.upgrade("/v1/fork", header));
        }
    }

    private static RunningTelephony running(Auth auth, SourceLimits sources) {
        return new RunningTelephony(
                new TelephonySettings("127.0.0.1", 0, auth, "", Optional.empty(), sources, 120, Optional.empty()),
                TelephonyLimits.DEFAULT);
    }
}
