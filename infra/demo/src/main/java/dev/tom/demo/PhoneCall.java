package dev.tom.demo;

import dev.tom.testkit.CallRecord;
import dev.tom.testkit.CallerOptions;
import dev.tom.testkit.ForkCaller;
import dev.tom.testkit.RunFailure;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Spoken;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One caller of the demo: speaks recorded sentences, waits for answers, and tells the timeline. Blocks; one thread per call. */
final class PhoneCall {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE_THAT_ENDS_AN_ANSWER = Duration.ofMillis(900);

    private final String name;
    private final ForkCaller caller;
    private final Timeline timeline;
    private int answersHeard;
    private boolean hungUp;

    private PhoneCall(String name, ForkCaller caller, Timeline timeline) {
        this.name = name;
        this.caller = caller;
        this.timeline = timeline;
    }

    static PhoneCall dial(Vertx vertx, URI endpoint, String name, int rate, Timeline timeline) {
        CallerOptions options = CallerOptions.of(endpoint, "demo-" + name, rate, CallerOptions.Playback.STREAM);
        try {
            ForkCaller caller = ForkCaller.dial(vertx, options).join();
            timeline.say(Timeline.Actor.CALLER, name, "dials in, " + rate / 1000 + " kHz");
            return new PhoneCall(name, caller, timeline);
        } catch (CompletionException e) {
            throw new RunFailure("call " + name + " was not taken: " + e.getCause());
        }
    }

    /** Says it and waits until the last word is out. */
    Spoken say(Speech words) {
        return get(startSaying(words), "words of call " + name);
    }

    /** Begins to say it. */
    CompletableFuture<Spoken> startSaying(Speech words) {
        timeline.say(Timeline.Actor.CALLER, name, "“" + words.text() + "”");
        return caller.say(words);
    }

    /**
     * Waits for the first sound of an answer.
     *
     * @return when it was heard
     */
    Instant hearAnswer(Instant after, String who) {
        Instant at = get(caller.heardAfter(after), "answer in call " + name);
        answersHeard++;
        timeline.say(
                Timeline.Actor.ASSISTANT,
                name,
                who + " answers " + Duration.between(after, at).toMillis() + " ms later");
        return at;
    }

    /** Waits until the answer is over. */
    void hearItOut() {
        get(caller.silentFor(PAUSE_THAT_ENDS_AN_ANSWER), "end of the answer in call " + name);
    }

    /** The caller puts the phone down; a call whose line is dead already counts as {@link #dropped}. */
    void hangUp() {
        boolean alive = caller.isOpen();
        get(caller.hangUp(), "end of call " + name);
        hungUp = alive;
        timeline.say(
                Timeline.Actor.CALLER,
                name,
                alive ? "hangs up" : "finds the line dead: " + caller.closed().getNow(null));
    }

    boolean dropped() {
        return !hungUp;
    }

    int answersHeard() {
        return answersHeard;
    }

    CallRecord record() {
        return caller.record();
    }

    /** Writes the call as a stereo WAV: caller left, what the caller heard right. */
    void save(Path folder) {
        caller.record().stereo().write(folder.resolve("call-" + name + ".wav"));
    }

    private <T> T get(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RunFailure("no " + what + " within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new RunFailure("no " + what + ": " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
    }
}
