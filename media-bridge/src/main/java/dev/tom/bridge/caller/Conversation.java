package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.TokenUsage;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Function;

/**
 * A caller who asks the same question again and again: asks, waits for the answer, hears it out, pauses. Sends audio in real time from
 * the moment the line is ready, silence included. Confined to one event-loop context.
 */
public final class Conversation {

    /** The line is silent so long before the first word, as in a call. */
    private static final int LEAD_MILLIS = 200;

    /** An answer is over when it has been played and nothing more came for so long. */
    private static final int QUIET_MILLIS = 700;

    /**
     * How it goes.
     *
     * @param turns questions to ask; 0: until it is stopped
     * @param hearOut whether answers are heard to their end; otherwise their first sound is enough
     * @param patienceMillis how long an answer may take
     * @param pauseMillis between the end of an answer and the next question
     */
    public record Plan(Question question, int turns, boolean hearOut, int patienceMillis, int pauseMillis) {}

    /** What comes out of it; told on the context. */
    public interface Observer {
        /** @param millis from the start: name, TCP, TLS and upgrade */
        void connected(long millis);

        /** @param millis from the start until the caller may speak */
        void ready(long millis);

        void turn(Turn turn);

        void used(TokenUsage usage);

        /** @param ending empty when all questions were asked */
        void over(Optional<Line.Ending> ending);
    }

    private enum State {
        CONNECTING,
        PAUSE,
        ASKING,
        WAITING,
        HEARING,
        OVER
    }

    private final Plan plan;
    private final Observer observer;
    private final Pacer pacer;
    private final TurnMeter meter;
    private final Line line;
    private final long startedAt = System.nanoTime();
    private final short[] silence;
    private final long lastVoicedFrame;
    private State state = State.CONNECTING;
    private int countdown;
    private int asked;
    private int frame;
    private Optional<Line.Ending> trouble = Optional.empty();

    /** Starts it; on an event-loop context. */
    public Conversation(Vertx vertx, Plan plan, Function<Line.Listener, Line> lines, Observer observer) {
        this.plan = plan;
        this.observer = observer;
        this.pacer = new Pacer(vertx, this::tick);
        this.meter = new TurnMeter(plan.question.format());
        this.silence = new short[plan.question.format().samplesPerFrame()];
        this.lastVoicedFrame = (plan.question.lastVoicedMillis() - 1) / AudioFormat.FRAME_MILLIS;
        this.line = lines.apply(new Ear());
    }

    /** Hangs up; nothing is told afterwards. */
    public void stop() {
        state = State.OVER;
        pacer.stop();
        line.close();
    }

    /** Frames that this machine sent more than 20 ms late. */
    public long lateFrames() {
        return pacer.lateTicks();
    }

    public long frames() {
        return pacer.ticks();
    }

    private void tick() {
        long now = System.nanoTime();
        line.say(state == State.ASKING ? plan.question.frame(frame) : silence);
        switch (state) {
            case ASKING -> word(now);
            case WAITING -> {
                if (meter.answered().isPresent()) {
                    answered();
                } else if (trouble.isPresent()) {
                    finished(new Turn.Failed(trouble.get()));
                } else if (--countdown <= 0) {
                    finished(new Turn.Failed(
                            new Line.Ending(Turn.NO_ANSWER, "No answer came within " + plan.patienceMillis + " ms.")));
                }
            }
            case HEARING -> {
                if (meter.quiet(now, QUIET_MILLIS)) {
                    pause(plan.pauseMillis);
                }
            }
            case PAUSE -> {
                if (--countdown <= 0) {
                    ask();
                }
            }
            case CONNECTING, OVER -> {
                // Nothing is sent then.
            }
        }
    }

    private void ask() {
        state = State.ASKING;
        asked++;
        frame = 0;
        trouble = Optional.empty();
        meter.asks();
    }

    private void word(long now) {
        if (frame == lastVoicedFrame) {
            // A frame is sent when its last sample was spoken; the last voiced one may lie before.
            long after = (frame + 1) * (long) AudioFormat.FRAME_MILLIS - plan.question.lastVoicedMillis();
            meter.spoken(now - after * 1_000_000);
        }
        if (++frame == plan.question.frames()) {
            if (meter.early()) {
                finished(new Turn.Failed(
                        new Line.Ending(Turn.EARLY_ANSWER, "Something audible came before the question was over.")));
            } else {
                state = State.WAITING;
                countdown = plan.patienceMillis / AudioFormat.FRAME_MILLIS;
            }
        }
    }

    private void answered() {
        meter.answered().ifPresent(this::finished);
    }

    private void finished(Turn turn) {
        observer.turn(turn);
        if (state == State.OVER) {
            return;
        }
        if (plan.turns > 0 && asked >= plan.turns) {
            stop();
            observer.over(Optional.empty());
        } else if (plan.hearOut) {
            state = State.HEARING;
        } else {
            pause(plan.pauseMillis);
        }
    }

    private void pause(int millis) {
        state = State.PAUSE;
        countdown = millis / AudioFormat.FRAME_MILLIS;
    }

    private long millis() {
        return Math.round((System.nanoTime() - startedAt) / 1e6);
    }

    /** What the line tells. */
    private final class Ear implements Line.Listener {
        @Override
        public void connected() {
            if (state != State.OVER) {
                observer.connected(millis());
            }
        }

        @Override
        public void ready() {
            if (state == State.CONNECTING) {
                observer.ready(millis());
                pause(LEAD_MILLIS);
                pacer.start();
            }
        }

        @Override
        public void answerBegins() {
            meter.begins(System.nanoTime());
        }

        @Override
        public void audio(short[] pcm, int length) {
            meter.audio(System.nanoTime(), pcm, length);
            if (state == State.WAITING) {
                answered();
            }
        }

        @Override
        public void killed() {
            meter.killed(System.nanoTime());
        }

        @Override
        public void used(TokenUsage usage) {
            observer.used(usage);
        }

        @Override
        public void troubled(Line.Ending fault) {
            trouble = Optional.of(fault);
        }

        @Override
        public void ended(Line.Ending ending) {
            State before = state;
            if (before == State.OVER) {
                return;
            }
            stop();
            if (before == State.ASKING || before == State.WAITING) {
                observer.turn(new Turn.Failed(ending));
            }
            observer.over(Optional.of(ending));
        }
    }
}
