package dev.tom.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.speech.BackendKind;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Clocks and timers as in production: the shared ticker paces answers, and an interruption is quick. */
class RealTimeCallIT {

    private static final EgressPermit OPEN = new EgressPermit() {
        @Override
        public boolean open() {
            return true;
        }

        @Override
        public boolean openForNewSessions() {
            return true;
        }
    };

    @Test
    void answersArePacedByOneTickerAndStopAtOnce() {
        Vertx vertx = Vertx.vertx();
        try {
            RecordingObserver observer = new RecordingObserver();
            ScriptedBackend provider = new ScriptedBackend(vertx, BackendKind.PROVIDER);
            ScriptedBackend local = new ScriptedBackend(vertx, BackendKind.LOCAL);
            CallDesk desk = new CallDesk(
                    vertx,
                    new DeskSettings(BackendKind.PROVIDER, FallbackSettings.DEFAULT, 10),
                    new CallDesk.Backends(provider, local, local),
                    OPEN,
                    observer,
                    InstantSource.system());
            Phone phone = new Phone(vertx, () -> System.nanoTime() / 1_000_000);
            AtomicBoolean speaking = new AtomicBoolean(true);
            phone.context.runOnContext(_ -> {
                phone.connect(desk, "c1");
                vertx.setPeriodic(20, _ -> phone.sendFrame(speaking.get()));
            });
            await().until(() -> phone.sent() > 30);
            speaking.set(false);
            await().until(() -> provider.last().orders().contains("turn ended"));
            provider.last().answers("a", 5, 10_000, true);
            await().until(() -> phone.heard().size() > 100);
            List<Phone.Got> frames = List.copyOf(phone.got).subList(8, 100);
            long span = frames.getLast().at() - frames.getFirst().at();
            assertThat(span).as("92 frames after the lead").isBetween(1_700L, 2_000L);

            speaking.set(true);
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> observer.log.stream().anyMatch(line -> line.startsWith("barge-in")));
            int stopped = phone.heard().size();
            await().pollDelay(Duration.ofMillis(300)).until(() -> phone.sent() > 0);
            assertThat(phone.heard()).hasSize(stopped);
            String line = observer.log.stream()
                    .filter(one -> one.startsWith("barge-in"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Long.parseLong(line.substring("barge-in ".length()))).isLessThan(120);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
