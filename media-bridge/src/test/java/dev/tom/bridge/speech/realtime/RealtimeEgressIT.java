package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.testkit.Fault;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.Speech;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No byte goes to the provider without a permit, with the guard that the bridge uses. */
class RealtimeEgressIT {

    @Test
    void withoutAPermitThereIsNoConnection() {
        try (LinkRig rig = LinkRig.standard()) {
            rig.guard.configured(EgressTerms.NOT_ALLOWED);
            SpeechLink link = rig.open(LinkRig.PATIENT);

            assertThat(rig.awaitEvent(SpeechEvent.Failed.class).reason()).isEqualTo(FailureReason.EGRESS_CLOSED);
            rig.on(link, it -> it.audio(new short[160]));
            assertThat(rig.provider.connectionCount()).isZero();
        }
    }

    @Test
    void shortBeforeTheDeadlineNoSessionBegins() {
        try (LinkRig rig = LinkRig.standard()) {
            until(rig, Instant.now().plusSeconds(4));
            rig.open(LinkRig.PATIENT);

            assertThat(rig.awaitEvent(SpeechEvent.Failed.class).reason()).isEqualTo(FailureReason.EGRESS_CLOSED);
            assertThat(rig.provider.connectionCount()).isZero();
        }
    }

    @Test
    void afterTheDeadlineNoByteLeavesAndTheSocketIsGone() {
        try (LinkRig rig = LinkRig.standard()) {
            Instant deadline = Instant.now().plusMillis(6_000);
            until(rig, deadline);
            SpeechLink link = rig.ready();
            speakUntilFailed(rig, link);

            assertThat(rig.awaitEvent(SpeechEvent.Failed.class).reason()).isEqualTo(FailureReason.EGRESS_CLOSED);
            await().until(() -> rig.provider.openSockets() == 0);
            Instant closed = rig.provider.lastSocketClosedAt().orElseThrow();
            assertThat(closed).isBefore(deadline.plusMillis(100));
            assertThat(rig.provider.bytesAfter(deadline)).isZero();
            assertThat(rig.provider.lastByteAt().orElseThrow()).isAfter(deadline.minusMillis(1_000));
        }
    }

    @Test
    void anEarlyStopEndsAConversationAndAConnectionThatHangs() {
        try (LinkRig rig = LinkRig.standard()) {
            SpeechLink link = rig.ready();
            rig.provider.arm(new Fault.HangUpgrade());
            rig.open(LinkRig.PATIENT);
            await().until(() -> rig.provider.openSockets() == 2);

            Instant stop = Instant.now();
            rig.guard.configured(EgressTerms.NOT_ALLOWED);
            rig.on(link, it -> it.audio(new short[160]));
            await().until(() -> rig.provider.openSockets() == 0);

            assertThat(rig.provider.lastSocketClosedAt().orElseThrow()).isBefore(stop.plusMillis(300));
            assertThat(rig.provider.bytesAfter(stop.plusMillis(20))).isZero();
            await().until(() -> rig.guard.snapshot().sockets() == 0);
            assertThat(rig.events(SpeechEvent.Failed.class))
                    .isNotEmpty()
                    .allSatisfy(failed -> assertThat(failed.reason()).isEqualTo(FailureReason.EGRESS_CLOSED));
        }
    }

    @Test
    void aSilentSocketIsCutWithoutHelpFromItsOwner() {
        try (LinkRig rig = LinkRig.standard()) {
            rig.ready();
            Instant stop = Instant.now();
            rig.guard.configured(EgressTerms.NOT_ALLOWED);
            await().until(() -> rig.provider.openSockets() == 0);

            assertThat(rig.provider.bytesAfter(stop.plusMillis(20))).isZero();
            assertThat(rig.awaitEvent(SpeechEvent.Failed.class).reason()).isEqualTo(FailureReason.EGRESS_CLOSED);
        }
    }

    @Test
    void aPingFromTheProviderGetsNoPongWithoutAPermit() {
        try (LinkRig rig = LinkRig.standard()) {
            rig.ready();
            Instant stop = Instant.now();
            rig.guard.configured(EgressTerms.NOT_ALLOWED);
            rig.provider.latest().orElseThrow().ping();
            await().until(() -> rig.provider.openSockets() == 0);

            assertThat(rig.provider.bytesAfter(stop)).isZero();
        }
    }

    @Test
    void wssWithACertificateThatIsTrusted(@TempDir Path folder) throws Exception {
        Path store = SelfSigned.store(folder);
        try (LinkRig rig = new LinkRig(ProviderOptions.standard(LinkRig.KEY).withTls(store, "changeit"))) {
            PfxOptions trust = new PfxOptions().setPath(store.toString()).setPassword("changeit");
            SpeechLink link = rig.open(
                    rig.provider.url(), LinkRig.KEY, LinkRig.PATIENT, AudioFormat.NARROWBAND, List.of(), trust);
            rig.awaitEvent(SpeechEvent.Ready.class);
            rig.say(link, Speech.CALLER_HOURS);
            rig.awaitEvent(SpeechEvent.AnswerAudio.class);

            Instant stop = Instant.now();
            rig.guard.configured(EgressTerms.NOT_ALLOWED);
            await().until(() -> rig.provider.openSockets() == 0);
            assertThat(rig.provider.bytesAfter(stop.plusMillis(20)))
                    .as("no TLS farewell either")
                    .isZero();
            assertThat(rig.provider.lastSocketClosedAt().orElseThrow()).isBefore(stop.plusMillis(400));
        }
    }

    @Test
    void wssWithAnUnknownCertificateIsOneSentence(@TempDir Path folder) throws Exception {
        try (LinkRig rig =
                new LinkRig(ProviderOptions.standard(LinkRig.KEY).withTls(SelfSigned.store(folder), "changeit"))) {
            rig.open(LinkRig.PATIENT);

            SpeechEvent.Failed failed = rig.awaitEvent(SpeechEvent.Failed.class);
            assertThat(failed.reason()).isEqualTo(FailureReason.UNREACHABLE);
            assertThat(failed.detail()).startsWith("TLS with the provider failed");
        }
    }

    private static void until(LinkRig rig, Instant deadline) {
        rig.guard.configured(new EgressTerms.Stated(true, Optional.of(deadline)));
    }

    private static void speakUntilFailed(LinkRig rig, SpeechLink link) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(15))
                .until(() -> {
                    rig.on(link, it -> it.audio(new short[160]));
                    return !rig.events(SpeechEvent.Failed.class).isEmpty();
                });
    }
}
