package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.TokenUsage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One call to a bridge: says the question, stays on the line, keeps both legs. Confined to the context it was made on; {@link #hangUp}
 * may be called from any thread.
 */
public final class PhoneCall {

    private static final int LEAD_MILLIS = 200;
    /** Silence that separates two things that are heard. */
    private static final int QUIET_MILLIS = 700;

    private static final int SILENCE_PEAK = 256;

    /**
     * How it goes.
     *
     * @param waitMillis from the last word to hanging up
     * @param interruptMillis after so much of the answer the question is said again, into it
     */
    public record Plan(ForkCall call, Question question, int waitMillis, OptionalLong interruptMillis) {}

    /**
     * Something that happened.
     *
     * @param atMillis from the beginning
     * @param what a word for programs
     * @param sentence for people
     */
    public record Happening(long atMillis, String what, String sentence) {}

    /**
     * How it was.
     *
     * @param refused why there was no call
     * @param answer to the question
     * @param killMillis from the first sound of the interruption to {@code killAudio}
     * @param said what the caller said, at the rate of the call
     * @param heard what the caller heard
     */
    @SuppressWarnings("ArrayRecordComponent") // audio is used, never compared
    public record Outcome(
            Optional<Line.Ending> refused,
            Optional<Turn.Answered> answer,
            OptionalLong killMillis,
            List<Happening> timeline,
            short[] said,
            short[] heard) {}

    private final Plan plan;
    private final Consumer<Happening> progress;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Context context;
    private final AudioFormat format;
    private final Pacer pacer;
    private final TurnMeter meter;
    private final ForkLine line;
    private final long startedAt = System.nanoTime();
    private final List<Happening> timeline = new ArrayList<>();
    private final List<short[]> said = new ArrayList<>();
    private final List<short[]> heard = new ArrayList<>();
    private boolean connected;
    private boolean over;
    /** Of the words that are said now; behind the end: silence. */
    private int frame;

    private boolean interrupted;
    private long interruptedAt;
    private OptionalLong killMillis = OptionalLong.empty();
    private int silentFrames;
    private int audibleFrames;
    private boolean hearing;
    private Optional<Turn.Answered> answer = Optional.empty();
    private int left;

    private PhoneCall(Vertx vertx, Plan plan, Consumer<Happening> progress) {
        this.context = vertx.getOrCreateContext();
        this.plan = plan;
        this.progress = progress;
        this.format = plan.question.format();
        this.pacer = new Pacer(vertx, this::tick);
        this.meter = new TurnMeter(format);
        this.frame = -LEAD_MILLIS / AudioFormat.FRAME_MILLIS;
        this.left = plan.waitMillis / AudioFormat.FRAME_MILLIS;
        this.line = ForkLine.dial(vertx, plan.call, new Ear());
    }

    /**
     * Calls; on an event-loop context.
     *
     * @param progress hears of what happens, at once
     */
    public static PhoneCall make(Vertx vertx, Plan plan, Consumer<Happening> progress) {
        return new PhoneCall(vertx, plan, progress);
    }

    /** Completes when the call is over. */
    public CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Hangs up now. */
    public void hangUp() {
        context.runOnContext(_ -> {
            if (!over) {
                happened("hung_up", "the caller was told to hang up");
                finish(Optional.empty());
            }
        });
    }

    private void tick() {
        long now = System.nanoTime();
        short[] words = frame >= 0 && frame < plan.question.frames()
                ? plan.question.frame(frame)
                : new short[format.samplesPerFrame()];
        line.say(words);
        said.add(words);
        spoke(now);
        short[] audio = line.heard();
        heard.add(audio);
        listen(audible(audio));
        if (frame >= plan.question.frames() && --left <= 0) {
            happened("hung_up", "the caller hangs up, " + plan.waitMillis / 1_000.0 + " s after the last word");
            finish(Optional.empty());
        }
    }

    private void spoke(long now) {
        if (frame == 0) {
            happened(
                    interrupted ? "interruption" : "question",
                    interrupted ? "the caller interrupts" : "the caller asks");
            interruptedAt =
                    now - AudioFormat.FRAME_MILLIS * 1_000_000L + plan.question.firstVoicedMillis() * 1_000_000L;
        }
        if (!interrupted && frame == (plan.question.lastVoicedMillis() - 1) / AudioFormat.FRAME_MILLIS) {
            long after = (frame + 1) * (long) AudioFormat.FRAME_MILLIS - plan.question.lastVoicedMillis();
            meter.spoken(now - after * 1_000_000);
            happened("last_word", "last word of the question");
        }
        frame++;
    }

    private void listen(boolean audible) {
        silentFrames = audible ? 0 : silentFrames + 1;
        audibleFrames += audible ? 1 : 0;
        if (audible && !hearing) {
            hearing = true;
            audibleFrames = 1;
            happened("heard", "the caller hears something");
        } else if (hearing && silentFrames * AudioFormat.FRAME_MILLIS >= QUIET_MILLIS) {
            hearing = false;
            happened(
                    "silence",
                    "nothing for " + QUIET_MILLIS + " ms, after " + audibleFrames * AudioFormat.FRAME_MILLIS
                            + " ms of sound");
        }
        boolean now = plan.interruptMillis.isPresent()
                && hearing
                && answer.isPresent()
                && audibleFrames * AudioFormat.FRAME_MILLIS >= plan.interruptMillis.getAsLong();
        if (!interrupted && now) {
            interrupted = true;
            frame = 0;
            left = plan.waitMillis / AudioFormat.FRAME_MILLIS;
        }
    }

    private void happened(String what, String sentence) {
        Happening happening = new Happening((System.nanoTime() - startedAt) / 1_000_000, what, sentence);
        timeline.add(happening);
        progress.accept(happening);
    }

    private void finish(Optional<Line.Ending> refused) {
        over = true;
        pacer.stop();
        line.close();
        outcome.complete(new Outcome(refused, answer, killMillis, List.copyOf(timeline), joined(said), joined(heard)));
    }

    private static short[] joined(List<short[]> frames) {
        short[] all = new short[frames.stream().mapToInt(one -> one.length).sum()];
        int at = 0;
        for (short[] one : frames) {
            System.arraycopy(one, 0, all, at, one.length);
            at += one.length;
        }
        return all;
    }

    private static boolean audible(short[] pcm) {
        for (short sample : pcm) {
            if (sample >= SILENCE_PEAK || sample <= -SILENCE_PEAK) {
                return true;
            }
        }
        return false;
    }

    /** What the line tells. */
    private final class Ear implements Line.Listener {
        @Override
        public void connected() {
            connected = true;
            happened("connected", "connected to " + plan.call.place());
        }

        @Override
        public void ready() {
            pacer.start();
        }

        @Override
        public void answerBegins() {
            // A bridge says nothing before audio.
        }

        @Override
        public void audio(short[] pcm, int length) {
            meter.audio(System.nanoTime(), pcm, length);
            if (answer.isEmpty() && meter.answered().isPresent()) {
                answer = meter.answered();
                happened("answer", "the answer begins " + answer.orElseThrow().e2eMillis() + " ms after the last word");
            }
        }

        @Override
        public void killed() {
            meter.killed(System.nanoTime());
            if (interrupted && killMillis.isEmpty()) {
                killMillis = OptionalLong.of(Math.round((System.nanoTime() - interruptedAt) / 1e6));
                happened(
                        "kill_audio",
                        "killAudio, " + killMillis.getAsLong() + " ms after the first sound of the interruption");
            } else {
                happened("kill_audio", "killAudio: what the switch has queued is dropped");
            }
        }

        @Override
        public void used(TokenUsage usage) {
            // Only a provider says so.
        }

        @Override
        public void troubled(Line.Ending fault) {
            happened("trouble", fault.sentence());
        }

        @Override
        public void ended(Line.Ending ending) {
            if (connected) {
                happened("closed", ending.sentence());
            }
            finish(connected ? Optional.empty() : Optional.of(ending));
        }
    }
}
