package dev.tom.demo;

import dev.tom.demo.Timeline.Actor;
import dev.tom.testkit.BargeIn;
import dev.tom.testkit.ScriptedLlm;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Spoken;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The three calls of the demo and what was measured on them. Each method is one call, on a thread of its own. */
final class Calls {

    /** The words that fall into the change from provider to local. */
    static final Speech DURING_SWITCH = Speech.CALLER_STILL_THERE;

    private static final Duration BEFORE_INTERRUPTING = Duration.ofMillis(2_500);
    private static final Duration JUST_BEFORE = Duration.ofMillis(400);
    private static final Duration BEFORE_CUTTING = Duration.ofMillis(2_000);

    private final Vertx vertx;
    private final URI endpoint;
    private final ProviderSide provider;
    private final ScriptedLlm llm;
    private final Timeline timeline;
    private final List<PhoneCall> calls = new CopyOnWriteArrayList<>();
    private final List<Long> bargeIns = new CopyOnWriteArrayList<>();
    private volatile long failoverGapMillis = Long.MAX_VALUE;
    private volatile long stallDetectMillis = Long.MAX_VALUE;
    private volatile boolean answeredAfterEnd;

    Calls(Vertx vertx, URI endpoint, ProviderSide provider, ScriptedLlm llm, Timeline timeline) {
        this.vertx = vertx;
        this.endpoint = endpoint;
        this.provider = provider;
        this.llm = llm;
        this.timeline = timeline;
    }

    /** A turn, an interruption, and a provider that dies in the middle of an answer. */
    void interruptedAndCut() {
        PhoneCall call = dial("A", 8_000);
        ProviderSide.Session session = sessionOf(1);
        hearProvider(call, session, call.say(Speech.CALLER_APPOINTMENT));
        Await.pause(BEFORE_INTERRUPTING.toMillis());
        Spoken interruption = call.say(Speech.CALLER_INTERRUPT);
        reportBargeIn(call, interruption);
        hearProvider(call, session, interruption);
        Await.pause(BEFORE_CUTTING.toMillis());

        Instant cutAt = Instant.now();
        session.reset();
        timeline.say(Actor.PROVIDER, "A", "TCP reset in the middle of the answer");
        Instant localAt = new Handover(call.record(), cutAt).awaitLocalAudio();
        failoverGapMillis = new Handover(call.record(), cutAt).gapMillis(localAt);
        timeline.say(Actor.BRIDGE, "A", "the local side is heard after a gap of " + failoverGapMillis + " ms");
        Spoken during = call.say(DURING_SWITCH);
        call.hearAnswer(during.endAt(), "local pipeline");
        timeline.say(Actor.BRIDGE, "A", "the local recognizer understood: “" + transcriptDuringSwitch() + "”");
        call.hearItOut();
        Spoken thanks = call.say(Speech.CALLER_THANKS);
        call.hearAnswer(thanks.endAt(), "local pipeline");
        call.hearItOut();
        call.hangUp();
    }

    /** A provider that keeps its socket open and says nothing more. */
    void stalled() {
        sessionOf(1);
        PhoneCall call = dial("B", 16_000);
        ProviderSide.Session session = sessionOf(2);
        hearProvider(call, session, call.say(Speech.CALLER_APPOINTMENT));
        call.hearItOut();
        session.mute();
        timeline.say(Actor.PROVIDER, "B", "falls silent, its socket stays open");
        Spoken unanswered = call.say(Speech.CALLER_ADDRESS);
        call.hearAnswer(unanswered.endAt(), "local pipeline");
        stallDetectMillis = session.closedAt()
                .map(closed -> Duration.between(unanswered.endAt(), closed).toMillis())
                .orElse(Long.MAX_VALUE);
        timeline.say(
                Actor.BRIDGE,
                "B",
                "gave the silent provider up " + stallDetectMillis + " ms after the caller's last word");
        call.hearItOut();
        call.hangUp();
    }

    /** The window ends while this call talks to the provider. */
    void overTheEnd(Instant end) {
        PhoneCall call = dial("C", 8_000);
        hearProvider(call, sessionOf(3), call.say(Speech.CALLER_APPOINTMENT));
        Await.pause(
                Math.max(0, Duration.between(Instant.now(), end.plusMillis(300)).toMillis()));
        timeline.say(Actor.OPERATOR, "C", "the window is over; sockets at the provider: " + provider.openSockets());
        call.hearItOut();
        Spoken after = call.say(Speech.CALLER_ADDRESS);
        call.hearAnswer(after.endAt(), "local pipeline");
        answeredAfterEnd = true;
        call.hearItOut();
        call.hangUp();
    }

    int count() {
        return calls.size();
    }

    int dropped() {
        return (int) calls.stream().filter(PhoneCall::dropped).count();
    }

    int answersHeard() {
        return calls.stream().mapToInt(PhoneCall::answersHeard).sum();
    }

    List<Long> bargeInMillis() {
        return List.copyOf(bargeIns);
    }

    long failoverGapMillis() {
        return failoverGapMillis;
    }

    long stallDetectMillis() {
        return stallDetectMillis;
    }

    boolean answeredAfterEnd() {
        return answeredAfterEnd;
    }

    /** What the language model was given as the caller's words that came during the switch: the best match of all it was given. */
    String transcriptDuringSwitch() {
        return llm.conversations().stream()
                .flatMap(JsonArray::stream)
                .map(JsonObject.class::cast)
                .filter(message -> message.getString("role", "").equals("user"))
                .map(message -> message.getString("content", ""))
                .min((a, b) -> Double.compare(wordError(a), wordError(b)))
                .orElse("");
    }

    void save(Path folder) {
        calls.forEach(call -> call.save(folder));
    }

    static double wordError(String heard) {
        return WordError.rate(DURING_SWITCH.text(), heard);
    }

    private PhoneCall dial(String name, int rate) {
        PhoneCall call = PhoneCall.dial(vertx, endpoint, name, rate, timeline);
        calls.add(call);
        return call;
    }

    /** The provider session of a call, counted from 1: sessions are opened in the order of the calls. */
    private ProviderSide.Session sessionOf(int number) {
        Await.until(
                "provider session for call " + number,
                Duration.ofSeconds(5),
                () -> provider.sessions().size() >= number);
        return provider.sessions().get(number - 1);
    }

    private static void hearProvider(PhoneCall call, ProviderSide.Session session, Spoken question) {
        call.hearAnswer(question.endAt(), "provider");
        if (session.closedAt().isPresent()) {
            throw new DemoFailure("the call left the provider before the demo broke anything; see bridge.log");
        }
    }

    private void reportBargeIn(PhoneCall call, Spoken interruption) {
        Instant onset = interruption.onsetAt();
        if (call.record().lastHeardBetween(onset.minus(JUST_BEFORE), onset).isEmpty()) {
            throw new DemoFailure("the answer was over before the caller interrupted it");
        }
        BargeIn bargeIn = call.record()
                .bargeIn(interruption)
                .orElseThrow(() -> new DemoFailure("the interruption did not stop the answer"));
        bargeIns.add(bargeIn.latencyMillis());
        timeline.say(
                Actor.BRIDGE,
                "A",
                "interrupted: last old audio " + bargeIn.latencyMillis()
                        + " ms after the caller's first sound, silent after " + bargeIn.silentAfterMillis() + " ms");
    }
}
