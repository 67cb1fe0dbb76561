package dev.tom.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.telephony.CallAcceptor.Admission;
import dev.tom.bridge.telephony.CallAcceptor.Arrival;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The calls of a pod together. */
class CallDeskIT {

    private static final Arrival NEW = new Arrival(true, 0);

    @Test
    void whenTheWindowEndsEveryCallLeavesTheProviderAndNoneIsDropped() {
        try (Rig rig = new Rig()) {
            List<Phone> phones = new ArrayList<>();
            List<List<Phone>> groups =
                    List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < 20; i++) {
                Phone phone = rig.call("c" + i);
                phones.add(phone);
                groups.get(i % 4).add(phone);
            }
            // When the window ends, five are silent, five speak, five wait for an answer and five hear one.
            rig.together(phones, 600, groups.get(3));
            rig.together(phones, 400, groups.get(2));
            for (int i = 3; i < 20; i += 4) {
                rig.provider.links.get(i).answers("a", 5, 3_000, false);
            }
            List<Phone> talking = new ArrayList<>(groups.get(1));
            talking.addAll(groups.get(2));
            rig.together(phones, 200, talking);
            rig.together(phones, 400, groups.get(1));
            Phone local = localCall(rig);
            rig.permitOpen = false;
            rig.desk.egressClosed("past_deadline");
            // Sockets go first and calls move a turn of the event loop later, by a timer of real time.
            await().untilAsserted(() -> assertThat(rig.local.links).hasSize(21));
            phones.forEach(rig::settle);
            rig.settle(local);

            assertThat(rig.provider.links)
                    .hasSize(20)
                    .allSatisfy(link -> assertThat(link.closed).isTrue());
            assertThat(rig.desk.snapshot().activeCalls()).isEqualTo(21);
            assertThat(rig.desk.snapshot().newCallsGoTo()).isEqualTo(BackendKind.LOCAL);
            List<Integer> before = phones.stream().map(phone -> heard(phone, 5)).toList();
            rig.together(phones, 300, phones);
            assertThat(phones.stream().map(phone -> heard(phone, 5)).toList()).isEqualTo(before);

            phones.forEach(phone -> rig.on(phone, phone::hangsUp));
            rig.on(local, local::hangsUp);
            Map<String, List<String>> segments = rig.observer.segments.stream()
                    .collect(Collectors.groupingBy(
                            CallSegment::callId,
                            Collectors.mapping(
                                    segment -> segment.backend().label() + " " + segment.endedBy(),
                                    Collectors.toList())));
            assertThat(segments.remove("local")).containsExactly("local hangup");
            assertThat(segments)
                    .hasSize(20)
                    .allSatisfy((_, list) -> assertThat(list).containsExactly("provider window_end", "local hangup"));
            assertThat(rig.observer.log).noneMatch(line -> line.endsWith("dropped"));
        }
    }

    @Test
    void theEndOfTheWindowReachesACallOfFallbackPolicyNone() {
        FallbackSettings none = new FallbackSettings(false, 800, 600, 3, 60, 600);
        try (Rig rig = new Rig(new DeskSettings(BackendKind.PROVIDER, none, 10), true)) {
            Phone phone = rig.call("c1");
            Phone failing = rig.call("c2");
            rig.provider.last().fails(FailureReason.SOCKET_CLOSED);
            rig.settle(failing);
            rig.desk.egressClosed("past_deadline");
            await().untilAsserted(() -> assertThat(rig.local.links).hasSize(1));
            rig.settle(phone);
            assertThat(rig.announcement.links).hasSize(1);
        }
    }

    @Test
    void withoutALocalPipelineCallsHearTheAnnouncement() {
        try (Rig rig = new Rig(new DeskSettings(BackendKind.PROVIDER, FallbackSettings.DEFAULT, 10), false)) {
            rig.call("c1");
            rig.permitOpen = false;
            rig.call("c2");
            assertThat(rig.provider.links).hasSize(1);
            assertThat(rig.announcement.links).hasSize(1);
            assertThat(rig.desk.snapshot().newCallsGoTo()).isEqualTo(BackendKind.ANNOUNCEMENT);
            assertThat(rig.desk.snapshot().reason()).contains("SPEECH_WORKER_URL");
        }
    }

    @Test
    void aFullDeskRefusesBeforeTheUpgradeAndClosesWhatSlippedThrough() {
        try (Rig rig = new Rig(new DeskSettings(BackendKind.PROVIDER, FallbackSettings.DEFAULT, 2), true)) {
            Phone first = rig.call("c1");
            assertThat(rig.desk.admit(NEW)).isInstanceOf(Admission.Accepted.class);
            rig.call("c2");
            assertThat(rig.desk.admit(NEW))
                    .isInstanceOfSatisfying(
                            Admission.Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(429));
            Phone late = rig.call("c3");
            rig.speaks(late, 100);
            assertThat(late.got).extracting(Phone.Got::what).containsExactly("close 1008");
            assertThat(rig.provider.links).hasSize(2);
            assertThat(rig.observer.log).contains("ended  refused");
            rig.on(first, first::hangsUp);
            assertThat(rig.desk.admit(NEW)).isInstanceOf(Admission.Accepted.class);
        }
    }

    @Test
    void aDrainWaitsForTheLastCall() {
        try (Rig rig = new Rig()) {
            Phone phone = rig.call("c1");
            Future<Void> drained = rig.desk.drain();
            assertThat(rig.desk.admit(NEW))
                    .isInstanceOfSatisfying(
                            Admission.Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(503));
            assertThat(rig.desk.snapshot().draining()).isTrue();
            rig.speaks(phone, 100);
            assertThat(drained.isComplete()).isFalse();
            rig.on(phone, phone::hangsUp);
            assertThat(drained.succeeded()).isTrue();
        }
    }

    @Test
    void aBurstOfErrorsSendsNewCallsToTheLocalPipelineUntilAProbeSucceeds() {
        FallbackSettings fallback = new FallbackSettings(true, 800, 600, 3, 60, 5);
        try (Rig rig = new Rig(new DeskSettings(BackendKind.PROVIDER, fallback, 100), true)) {
            List<Phone> rescued = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Phone phone = rig.call("c" + i);
                rescued.add(phone);
                rig.provider.last().fails(FailureReason.SOCKET_CLOSED);
                rig.settle(phone);
            }
            assertThat(rig.observer.log).contains("route local error_burst");
            assertThat(rig.desk.snapshot().newCallsGoTo()).isEqualTo(BackendKind.LOCAL);
            rig.call("later");
            assertThat(rig.provider.links).hasSize(3);

            rig.nanos.addAndGet(5_000_000_000L);
            await().untilAsserted(() -> assertThat(rig.observer.log).endsWith("route provider recovered"));
            assertThat(rig.provider.links).hasSize(4);
            assertThat(rig.provider.last().request.callId()).isEqualTo("probe");
            await().untilAsserted(() -> assertThat(rig.provider.last().closed).isTrue());
            rig.call("last");
            assertThat(rig.provider.links).hasSize(5);

            // New calls return first; those that were rescued stay where they are, and are still served there.
            for (int i = 0; i < 3; i++) {
                rig.speaks(rescued.get(i), 600);
                rig.isSilent(rescued.get(i), 400);
                assertThat(rig.local.links.get(i).closed).isFalse();
                assertThat(rig.local.links.get(i).orders()).contains("turn ended");
            }
            assertThat(rig.provider.links).hasSize(5);
        }
    }

    @Test
    void newSettingsHoldForNewCallsOnly() {
        try (Rig rig = new Rig()) {
            Phone phone = rig.call("c1");
            rig.desk.settings(new DeskSettings(BackendKind.LOCAL, FallbackSettings.DEFAULT, 100));
            rig.speaks(phone, 100);
            assertThat(rig.provider.last().closed).isFalse();
            rig.call("c2");
            assertThat(rig.local.links).hasSize(1);
        }
    }

    private static Phone localCall(Rig rig) {
        rig.permitOpen = false;
        Phone phone = rig.call("local");
        rig.permitOpen = true;
        rig.isSilent(phone, 100);
        return phone;
    }

    private static int heard(Phone phone, int number) {
        return (int) phone.heard().stream().filter(one -> one == number).count();
    }
}
