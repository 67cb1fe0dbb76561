package dev.tom.testkit;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that happened on a caller's leg, with the questions that tests ask of it. Thread-safe. */
public final class CallRecord {

    /** What came from the bridge. */
    public sealed interface Arrival {
        Instant at();

        /** A binary message. */
        @SuppressWarnings("ArrayRecordComponent") // a record of an event, never compared
        record Audio(Instant at, short[] samples) implements Arrival {}

        /** A text message. */
        record Text(Instant at, JsonObject json) implements Arrival {}
    }

    /** 20 ms of a call, both ways. */
    @SuppressWarnings("ArrayRecordComponent") // a record of an event, never compared
    public record Frame(Instant at, short[] said, short[] heard) {
        public boolean audible() {
            return Loudness.audible(heard);
        }
    }

    /** The kill needs up to one tick to be heard, and the clocks of ticks and messages differ by another. */
    private static final Duration KILL_GRACE = Duration.ofMillis(45);

    /** A voice gate may hear the soft beginning of a word before what is measured as its first voiced sample. */
    private static final Duration SOFT_BEGINNING = Duration.ofMillis(100);

    private final int rate;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();

    CallRecord(int rate) {
        this.rate = rate;
    }

    synchronized void arrived(Arrival arrival) {
        arrivals.add(arrival);
    }

    synchronized void ticked(Frame frame) {
        frames.add(frame);
    }

    /** What came in, in order. */
    public synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Text messages of this type, in order. */
    public List<JsonObject> texts(String type) {
        return arrivals().stream()
                .filter(Arrival.Text.class::isInstance)
                .map(arrival -> ((Arrival.Text) arrival).json())
                .filter(json -> type.equals(json.getString("type")))
                .toList();
    }

    /** When the last text of this type came in, from {@code from} to before {@code to}. */
    public Optional<Instant> lastTextBetween(String type, Instant from, Instant to) {
        return arrivals().stream()
                .filter(arrival -> arrival instanceof Arrival.Text text
                        && !text.at.isBefore(from)
                        && text.at.isBefore(to)
                        && type.equals(text.json.getString("type")))
                .map(Arrival::at)
                .reduce((earlier, later) -> later);
    }

    /** How much was audible, from {@code from} on. */
    public Duration audibleFrom(Instant from) {
        long frames = frames().stream()
                .filter(frame -> !frame.at.isBefore(from) && frame.audible())
                .count();
        return Duration.ofMillis(20 * frames);
    }

    /** The call in ticks of 20 ms; a tick is missing where the caller was on hold. */
    public synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** When the caller first heard something at or after this instant. */
    public Optional<Instant> firstHeardAfter(Instant instant) {
        return frames().stream()
                .filter(frame -> !frame.at.isBefore(instant) && frame.audible())
                .map(Frame::at)
                .findFirst();
    }

    /** When the caller last heard something, from {@code from} to before {@code to}. */
    public Optional<Instant> lastHeardBetween(Instant from, Instant to) {
        return frames().stream()
                .filter(frame -> !frame.at.isBefore(from) && frame.at.isBefore(to) && frame.audible())
                .map(Frame::at)
                .reduce((earlier, later) -> later);
    }

    /** The longest time without anything audible, from {@code from} to before {@code to}, ends included. */
    public Duration longestSilenceBetween(Instant from, Instant to) {
        Duration longest = Duration.ZERO;
        Instant since = from;
        for (Frame frame : frames()) {
            if (!frame.at.isBefore(from) && frame.at.isBefore(to) && frame.audible()) {
                longest = longer(longest, Duration.between(since, frame.at));
                since = frame.at;
            }
        }
        return longer(longest, Duration.between(since, to));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** How the answer that was playing was cut off by these words; empty when no kill came with or after their onset. */
    public Optional<BargeIn> bargeIn(Spoken words) {
        List<Arrival> all = arrivals();
        Instant begin = words.onsetAt().minus(SOFT_BEGINNING);
        Optional<Instant> killed = all.stream()
                .filter(arrival -> !arrival.at().isBefore(begin) && isKill(arrival))
                .map(arrival -> arrival.at().isBefore(words.onsetAt()) ? words.onsetAt() : arrival.at())
                .findFirst();
        return killed.map(killedAt -> {
            Instant lastOld = all.stream()
                    .filter(arrival -> arrival.at().isAfter(words.onsetAt())
                            && arrival.at().isBefore(killedAt)
                            && arrival instanceof Arrival.Audio audio
                            && Loudness.audible(audio.samples))
                    .map(Arrival::at)
                    .reduce((earlier, later) -> later)
                    .orElse(words.onsetAt());
            Instant silent =
                    lastHeardBetween(words.onsetAt(), killedAt.plus(KILL_GRACE)).orElse(words.onsetAt());
            return new BargeIn(words.onsetAt(), lastOld, killedAt, silent);
        });
    }

    private static boolean isKill(Arrival arrival) {
        return arrival instanceof Arrival.Text text && "killAudio".equals(text.json.getString("type"));
    }

    /** What was heard in this stretch, without the ticks that are missing. */
    public Wav heardBetween(Instant from, Instant to) {
        List<Frame> stretch = frames().stream()
                .filter(frame -> !frame.at.isBefore(from) && frame.at.isBefore(to))
                .toList();
        return Wav.mono(rate, join(stretch, Frame::heard));
    }

    /** The whole call: caller left, what the caller heard right. */
    public Wav stereo() {
        List<Frame> all = frames();
        return Wav.stereo(rate, join(all, Frame::said), join(all, Frame::heard));
    }

    private static short[] join(List<Frame> frames, java.util.function.Function<Frame, short[]> leg) {
        SampleQueue all = new SampleQueue();
        for (Frame frame : frames) {
            short[] samples = leg.apply(frame);
            all.add(samples, 0, samples.length);
        }
        return all.take(all.size());
    }
}
