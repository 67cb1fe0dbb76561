package dev.tom.bridge.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.call.egress.ProviderSockets;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.Utterance;
import dev.tom.bridge.speech.realtime.RealtimeBackend;
import dev.tom.bridge.speech.realtime.RealtimeSettings;
import dev.tom.bridge.telephony.TelephonyLimits;
import dev.tom.bridge.telephony.TelephonyObserver;
import dev.tom.bridge.telephony.TelephonyServer;
import dev.tom.bridge.telephony.TelephonySettings;
import dev.tom.bridge.telephony.access.Auth;
import dev.tom.testkit.BargeIn;
import dev.tom.testkit.CallerOptions;
import dev.tom.testkit.Fault;
import dev.tom.testkit.ForkCaller;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ProviderTurn;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Spoken;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls between a caller's socket and a provider's socket, in real time; only the local pipeline is scripted. */
class CallWithRealEndsIT {

    private static final String KEY = "key-for-tests";
    private static final int LOCAL_ANSWER = 3_000;

    private final Vertx vertx = Vertx.vertx();
    private final RecordingObserver observer = new RecordingObserver();
    private final ScriptedBackend local = new ScriptedBackend(vertx, BackendKind.LOCAL).answering(LOCAL_ANSWER);
    private final ScriptedProvider provider = ScriptedProvider.start(
            vertx,
            ProviderOptions.standard(KEY)
                    .withScript(
                            ProviderTurn.of(Speech.CALLER_HOURS, Speech.ANSWER_HOURS),
                            ProviderTurn.of(Speech.CALLER_APPOINTMENT, Speech.ANSWER_CHOICE),
                            ProviderTurn.of(Speech.CALLER_INTERRUPT, Speech.ANSWER_CHOICE)));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anAnswerAnInterruptionAndAProviderThatDiesInMidAnswer() throws Exception {
        ForkCaller caller = call();
        Spoken asked = caller.say(Speech.CALLER_HOURS).get(10, SECONDS);
        Instant heard = caller.heardAfter(asked.endAt()).get(5, SECONDS);
        assertThat(Duration.between(asked.endAt(), heard)).isLessThan(Duration.ofMillis(1_400));
        caller.silentFor(Duration.ofMillis(600)).get(10, SECONDS);

        Spoken question = caller.say(Speech.CALLER_APPOINTMENT).get(10, SECONDS);
        Instant choice = caller.heardAfter(question.endAt()).get(5, SECONDS);
        await().until(() -> Instant.now().isAfter(choice.plusSeconds(2)));
        Spoken interruption = caller.say(Speech.CALLER_INTERRUPT).get(10, SECONDS);
        BargeIn cut = caller.record().bargeIn(interruption).orElseThrow();
        assertThat(cut.latencyMillis()).isLessThan(120);
        assertThat(cut.silentAfterMillis()).isLessThan(200);

        // The answer lasts ten seconds and comes within two: it is cut before all of it is here.
        Instant second = caller.heardAfter(interruption.endAt()).get(5, SECONDS);
        await().until(() -> Instant.now().isAfter(second.plusMillis(800)));
        Instant died = Instant.now();
        provider.strike(new Fault.Reset());
        await().until(() -> local.links.size() == 1);
        Instant silence = caller.silentFor(Duration.ofMillis(100)).get(5, SECONDS);
        Instant localHeard = caller.heardAfter(silence).get(5, SECONDS);
        assertThat(Duration.between(died, localHeard)).isLessThan(Duration.ofSeconds(1));
        assertThat(caller.isOpen()).isTrue();
        List<Utterance> history = local.last().request.history();
        assertThat(history).extracting(Utterance::speaker).contains(Utterance.Speaker.CALLER);
        assertThat(history.stream().filter(Utterance::interrupted).count()).isEqualTo(2);
        caller.silentFor(Duration.ofMillis(500)).get(10, SECONDS);

        Spoken again = caller.say(Speech.CALLER_ADDRESS).get(10, SECONDS);
        caller.heardAfter(again.endAt()).get(5, SECONDS);
        caller.hangUp().get(5, SECONDS);
        await().until(() -> observer.segments.size() == 2);
        assertThat(observer.segments.getFirst().usage().audioOutput()).isPositive();
        assertThat(observer.log).contains("ended real completed");
    }

    @Test
    void aMuteProviderIsLeftWithinOnePointFiveSecondsAndTheQuestionIsNotLost() throws Exception {
        provider.arm(new Fault.DuringSpeech(1_000, new Fault.Mute()));
        ForkCaller caller = call();
        Spoken asked = caller.say(Speech.CALLER_APPOINTMENT).get(10, SECONDS);
        await().until(() -> local.links.size() == 1);
        Instant heard = caller.heardAfter(asked.endAt()).get(5, SECONDS);
        assertThat(Duration.between(asked.endAt(), heard)).isLessThan(Duration.ofMillis(2_300));
        assertThat(observer.log).anyMatch(line -> line.equals("moved real stalled provider local"));
        long millis = local.last().heard.size() * 20L;
        assertThat(millis).as("the whole question with its pre-roll").isBetween(4_000L, 6_500L);
        caller.hangUp().get(5, SECONDS);
    }

    private ForkCaller call() throws Exception {
        EgressPermit permit = new EgressPermit() {
            @Override
            public boolean open() {
                return true;
            }

            @Override
            public boolean openForNewSessions() {
                return true;
            }
        };
        ProviderSockets sockets = cut -> () -> {};
        RealtimeSettings settings = new RealtimeSettings(provider.url(), KEY, "gpt-realtime", "marin", "", "de");
        CallDesk desk = new CallDesk(
                vertx,
                new DeskSettings(BackendKind.PROVIDER, FallbackSettings.DEFAULT, 10),
                new CallDesk.Backends(new RealtimeBackend(vertx, settings, permit, sockets), local, local),
                permit,
                observer,
                InstantSource.system());
        TelephonyServer server = new TelephonyServer(
                vertx,
                new TelephonySettings("127.0.0.1", 0, new Auth.None(), ""),
                TelephonyLimits.DEFAULT,
                desk,
                TelephonyObserver.NONE,
                InstantSource.system());
        int port = server.start(1).toCompletionStage().toCompletableFuture().get(5, SECONDS);
        return ForkCaller.dial(vertx, CallerOptions.of(URI.create("ws://127.0.0.1:" + port + "/v1/fork"), "real"))
                .get(5, SECONDS);
    }
}
