package dev.tom.demo;

import dev.tom.demo.Timeline.Actor;
import dev.tom.testkit.Await;
import dev.tom.testkit.BargeIn;
import dev.tom.testkit.RunFailure;
import dev.tom.testkit.ScriptedLlm;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Spoken;
import dev.tom.testkit.Wav;
import dev.tom.testkit.WordError;
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
    private static final int QUIET = 100;
    private static final Duration JUST_BEFORE = Duration.ofMillis(400);
    private static final Duration BEFORE_CUTTING = Duration.ofSeconds(2);

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
        Connected connected = dial("A", 8_000);
        PhoneCall call = connected.call();
        hearProvider(connected, call.say(Speech.CALLER_APPOINTMENT));
        Await.pause(BEFORE_INTERRUPTING.toMillis());
        Spoken interruption = call.say(Speech.CALLER_INTERRUPT);
        reportBargeIn(call, interruption);
        hearProvider(connected, interruption);
        Await.pause(BEFORE_CUTTING.toMillis());

        Instant cutAt = Instant.now();
        connected.session().reset();
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
        Connected connected = dial("B", 16_000);
        PhoneCall call = connected.call();
        hearProvider(connected, call.say(Speech.CALLER_APPOINTMENT));
        call.hearItOut();
        connected.session().mute();
        timeline.say(Actor.PROVIDER, "B", "falls silent, its socket stays open");
        Spoken unanswered = call.say(Speech.CALLER_ADDRESS);
        call.hearAnswer(unanswered.endAt(), "local pipeline");
        stallDetectMillis = connected
                .session()
                .closedAt()
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
        Connected connected = dial("C", 8_000);
        PhoneCall call = connected.call();
        hearProvider(connected, call.say(Speech.CALLER_APPOINTMENT));
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

    /** Where a recording leaves silence, at {@value #QUIET} of 32767 (-50 dBFS): breath and soft consonants count as sound. */
    private static long firstSoundMillis(Wav words) {
        short[] samples = words.samples();
        int first = 0;
        while (first < samples.length && Math.abs(samples[first]) < QUIET) {
            first++;
        }
        return first * 1_000L / words.rate();
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

    /** Dials and waits for the call's own provider session, which is the next one that opens: one call after the other. */
    private synchronized Connected dial(String name, int rate) {
        int before = provider.sessions().size();
        PhoneCall call = PhoneCall.dial(vertx, endpoint, name, rate, timeline);
        calls.add(call);
        Await.until(
                "provider session for call " + name,
                Duration.ofSeconds(5),
                () -> provider.sessions().size() > before);
        return new Connected(call, provider.sessions().get(before));
    }

    /** A call and its provider session. */
    private record Connected(PhoneCall call, ProviderSide.Session session) {}

    private static void hearProvider(Connected connected, Spoken question) {
        connected.call().hearAnswer(question.endAt(), "provider");
        if (connected.session().closedAt().isPresent()) {
            throw new RunFailure("the call left the provider before the demo broke anything; see bridge.log");
        }
    }

    private void reportBargeIn(PhoneCall call, Spoken interruption) {
        Wav words = Speech.CALLER_INTERRUPT.wav(8_000);
        Instant onset = interruption.sentAt().minusMillis(words.millis() - firstSoundMillis(words));
        if (call.record().lastHeardBetween(onset.minus(JUST_BEFORE), onset).isEmpty()) {
            throw new RunFailure("the answer was over before the caller interrupted it");
        }
        BargeIn bargeIn = call.record()
                .bargeIn(interruption)
                .orElseThrow(() -> new RunFailure("the interruption did not stop the answer"));
        // The kill, not the last audible frame before it: an answer that pauses just then would flatter the figure.
        long stopped = Duration.between(onset, bargeIn.killedAt()).toMillis();
        bargeIns.add(stopped);
        timeline.say(
                Actor.BRIDGE,
                "A",
                "interrupted: the answer is stopped " + stopped + " ms after the caller's first sound");
    }
}
