package dev.tom.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.call.admission.OverloadSettings;
import dev.tom.bridge.call.admission.Rung;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.LocalStrain;
import dev.tom.bridge.telephony.CallAcceptor.Admission;
import dev.tom.bridge.telephony.CallAcceptor.Arrival;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pod with more work than it can do. */
class OverloadIT {

    private static final Arrival NEW = new Arrival(true, 0);

    /** What the desk measures, once a second of real time; the ladder's own times are those of the rig. */
    private static final class Signs implements LoadSigns {
        volatile long lateMillis;
        volatile long refusals;

        @Override
        public long loopLateMillis() {
            return lateMillis;
        }

        @Override
        public LocalStrain localStrain() {
            return new LocalStrain(refusals, 0);
        }
    }

    private final Signs signs = new Signs();

    private Rig rig(String extension, String redirect) {
        var overload = new OverloadSettings(120, 2_500, extension, redirect, "");
        Rig rig = new Rig(new DeskSettings(BackendKind.PROVIDER, FallbackSettings.DEFAULT, 100, 0, overload), true);
        rig.desk.watch(signs);
        return rig;
    }

    private static void awaitRung(Rig rig, Rung rung) {
        await().until(() -> rig.desk.snapshot().rung() == rung);
    }

    @Test
    void aCallForWhichTheLocalPipelineHasNoRoomIsToldSoAndEnds() {
        try (Rig rig = rig("", "")) {
            Phone provider = rig.call("provider");
            rig.permitOpen = false;
            signs.refusals = 1;
            awaitRung(rig, Rung.LOCAL_SATURATED);

            Phone phone = rig.call("local");
            rig.isSilent(phone, 200);
            // Whatever the caller says meanwhile, the sentence is heard to its end.
            rig.speaks(phone, 600);
            rig.isSilent(phone, 800);
            assertThat(phone.answers()).containsExactly(Rig.NOTICE);
            assertThat(phone.heard()).hasSize(50);
            assertThat(phone.got)
                    .extracting(Phone.Got::what)
                    .contains("hang-up")
                    .endsWith("close 1000");
            assertThat(rig.local.links).isEmpty();
            assertThat(rig.observer.log).contains("segment local announcement saturated", "ended local shed");

            // The call at the provider hears nothing of it.
            assertThat(rig.provider.last().closed).isFalse();
            assertThat(provider.got).isEmpty();
            assertThat(rig.desk.snapshot().activeCalls()).isEqualTo(1);

            signs.refusals = 0;
            rig.nanos.addAndGet(OverloadSettings.LOCAL_REST_MILLIS * 1_000_000);
            awaitRung(rig, Rung.NORMAL);
            rig.call("later");
            assertThat(rig.local.links).hasSize(1);
        }
    }

    @Test
    void whereTheSwitchCanTheCallerIsTransferred() {
        try (Rig rig = rig("4099", "")) {
            rig.permitOpen = false;
            signs.refusals = 1;
            awaitRung(rig, Rung.LOCAL_SATURATED);
            Phone phone = rig.call("c1");
            rig.isSilent(phone, 1_400);
            assertThat(phone.answers()).containsExactly(Rig.NOTICE + 1);
            assertThat(phone.got).extracting(Phone.Got::what).endsWith("transfer 4099");
            rig.on(phone, phone::hangsUp);
            assertThat(rig.observer.log).contains("segment c1 announcement transferred", "ended c1 transferred");
        }
    }

    @Test
    void aLocalCallThatIsRefusedLeavesAndTheProviderIsNotBlamed() {
        try (Rig rig = rig("", "")) {
            rig.permitOpen = false;
            Phone phone = rig.call("c1");
            rig.speaks(phone, 600);
            rig.isSilent(phone, 400);
            rig.local.last().fails(FailureReason.SATURATED);
            rig.isSilent(phone, 1_400);
            assertThat(phone.answers()).containsExactly(Rig.NOTICE);
            assertThat(rig.observer.log)
                    .contains("moved c1 saturated local announcement", "ended c1 shed")
                    .noneMatch(line -> line.startsWith("route"));
        }
    }

    @Test
    void anotherPodIsAskedFirst() {
        try (Rig rig = rig("", "ws://bridges:8080")) {
            rig.permitOpen = false;
            signs.refusals = 1;
            awaitRung(rig, Rung.LOCAL_SATURATED);
            assertThat(rig.desk.admit(NEW))
                    .isInstanceOfSatisfying(
                            Admission.Steered.class,
                            steered -> assertThat(steered.to()).isEqualTo("ws://bridges:8080"));
            assertThat(rig.desk.admit(new Arrival(false, 0))).isInstanceOf(Admission.Accepted.class);
            assertThat(rig.observer.log).contains("ended  steered");
        }
    }

    @Test
    void lateLoopsRefuseNewCallsAndKeepTheLiveOnes() {
        try (Rig rig = rig("", "")) {
            Phone phone = rig.call("c1");
            signs.lateMillis = 200;
            await().until(() -> {
                rig.nanos.addAndGet(100_000_000);
                return rig.desk.snapshot().rung() == Rung.REFUSING_NEW;
            });
            assertThat(rig.desk.admit(NEW))
                    .isInstanceOfSatisfying(
                            Admission.Refused.class,
                            refused -> assertThat(List.of(refused.status(), refused.retrySeconds()))
                                    .containsExactly(503, 10));
            rig.speaks(phone, 200);
            assertThat(rig.provider.last().closed).isFalse();
            // A leg that was upgraded before becomes a call all the same.
            Phone upgraded = rig.call("c2");
            rig.speaks(upgraded, 100);
            assertThat(rig.provider.links).hasSize(2);
        }
    }

    @Test
    void aPodThatEndsClosesWhatIsLeftWith1001() {
        try (Rig rig = rig("", "")) {
            Phone phone = rig.call("c1");
            var drained = rig.desk.drain();
            rig.speaks(phone, 100);
            assertThat(drained.isComplete()).isFalse();
            rig.desk.cut();
            rig.settle(phone);
            assertThat(phone.got).extracting(Phone.Got::what).containsExactly("close 1001");
            assertThat(rig.observer.log).contains("segment c1 provider shutdown", "ended c1 dropped");
            assertThat(drained.succeeded()).isTrue();
        }
    }
}
