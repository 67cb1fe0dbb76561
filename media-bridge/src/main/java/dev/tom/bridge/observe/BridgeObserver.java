package dev.tom.bridge.observe;

import dev.tom.bridge.cost.CostObserver;
import dev.tom.bridge.cost.tariff.SegmentCost;
import dev.tom.bridge.session.CallObserver;
import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentObserver;
import dev.tom.bridge.session.SegmentUse;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent.Engine;
import dev.tom.bridge.telephony.TelephonyObserver;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Turns what happens in calls into metrics and into the figures of the status page, and passes segments on to the ledger. */
public final class BridgeObserver implements CallObserver, TelephonyObserver, CostObserver {

    /** A label value must come from a small vocabulary. */
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private static final int TOO_MANY_REQUESTS = 429;

    private final MeterBook book;
    private final SegmentObserver ledger;
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();
    private final Map<FailureReason, LongAdder> troubles = adders(FailureReason.class);
    private final Map<BackendKind, LongAdder> live = adders(BackendKind.class);
    private final LatencyTally turns = new LatencyTally();
    private final Map<BackendKind, LatencyTally> turnsOf = new EnumMap<>(BackendKind.class);
    private final LatencyTally bargeIns = new LatencyTally();
    private final RateLimits rateLimits;
    private final LongAdder started = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder refusedCalls = new LongAdder();
    private final LongAdder steered = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final LongAdder podFailovers = new LongAdder();
    private final LongAdder callFailovers = new LongAdder();
    private final AtomicLong certificateEnd = new AtomicLong();

    /** @param ledger hears of every segment; must not block */
    public BridgeObserver(MeterBook book, SegmentObserver ledger) {
        this.book = book;
        this.ledger = ledger;
        this.rateLimits = new RateLimits(book);
        for (String reason : new String[] {"age", "limit", "session_expired"}) {
            book.counter(Meters.PROVIDER_ROTATIONS, reason);
        }
        for (BackendKind kind : BackendKind.values()) {
            turnsOf.put(kind, new LatencyTally());
            book.histogram(Meters.REALTIME_E2E, kind.label());
            for (String part : new String[] {"stt", "llm", "tts"}) {
                book.counter(Meters.COST, kind.label(), part);
            }
        }
        book.histogram(Meters.STT_LATENCY);
        book.histogram(Meters.LLM_LATENCY);
        book.histogram(Meters.TTS_LATENCY);
        book.histogram(Meters.BARGE_IN);
        book.counter(Meters.FALSE_BARGE_IN);
        book.counter(Meters.WS_RATE_LIMIT);
        for (String how : new String[] {"metadata", "twice"}) {
            book.counter(Meters.CALL_MISMATCH, how);
        }
        for (String reason : new String[] {"no_keys", "nonces_full", "nonces_down"}) {
            book.counter(Meters.AUTH_UNAVAILABLE, reason);
        }
        book.gauge(Meters.CERTIFICATE_EXPIRY, certificateEnd::doubleValue);
        for (FailureReason reason : FailureReason.values()) {
            book.counter(Meters.CALL_FAILOVER, reason.label());
        }
        for (String result : new String[] {"completed", "refused", "steered", "dropped", "transferred", "shed"}) {
            book.counter(Meters.CALLS, result);
        }
    }

    @Override
    public void callStarted(String callId) {
        started.increment();
    }

    @Override
    public void callEnded(String callId, String result) {
        book.counter(Meters.CALLS, label(result)).increment();
        switch (result) {
            // A call that was ended for want of room ended against the caller's will, however politely.
            case "dropped" -> dropped.increment();
            case "shed" -> {
                dropped.increment();
                shed.increment();
            }
            case "refused" -> refusedCalls.increment();
            case "steered" -> steered.increment();
            default -> {
                // completed calls are the rest
            }
        }
    }

    @Override
    public void turnAnswered(BackendKind backend, long latencyMillis) {
        turns.add(latencyMillis);
        tally(backend).add(latencyMillis);
        book.histogram(Meters.REALTIME_E2E, backend.label()).record((double) latencyMillis);
    }

    @Override
    public void resumed() {
        book.counter(Meters.FALSE_BARGE_IN).increment();
    }

    @Override
    public void bargedIn(long latencyMillis) {
        bargeIns.add(latencyMillis);
        book.histogram(Meters.BARGE_IN).record(latencyMillis / 1_000.0);
    }

    @Override
    public void callMoved(String callId, FailureReason reason, BackendKind from, BackendKind to) {
        if (to != BackendKind.PROVIDER) {
            callFailovers.increment();
            reasons.computeIfAbsent(reason.label(), _ -> new LongAdder()).increment();
            book.counter(Meters.CALL_FAILOVER, reason.label()).increment();
        }
    }

    @Override
    public void troubled(FailureReason reason) {
        adder(troubles, reason).increment();
    }

    @Override
    public void podRoute(BackendKind newCallsGoTo, String reason) {
        if (newCallsGoTo != BackendKind.PROVIDER) {
            podFailovers.increment();
            reasons.computeIfAbsent(label(reason), _ -> new LongAdder()).increment();
            book.counter(Meters.PROVIDER_FAILOVER, label(reason)).increment();
        }
    }

    @Override
    public void backpressure(String queue, long items) {
        book.counter(Meters.BACKPRESSURE, label(queue)).increment((double) items);
    }

    @Override
    public void segmentOpened(OpenSegment segment) {
        adder(live, segment.backend()).increment();
        ledger.segmentOpened(segment);
    }

    @Override
    public void segmentProgress(OpenSegment segment, SegmentUse use) {
        ledger.segmentProgress(segment, use);
    }

    @Override
    public void segmentEnded(CallSegment segment) {
        adder(live, segment.backend()).decrement();
        ledger.segmentEnded(segment);
    }

    @Override
    public void sessionRenewed(String callId, String reason) {
        book.counter(Meters.PROVIDER_ROTATIONS, label(reason)).increment();
    }

    @Override
    public void allowance(String name, double remainingRatio) {
        rateLimits.told(label(name), remainingRatio);
    }

    @Override
    public void engineWorked(Engine engine, long workedMillis) {
        Meters meter = switch (engine) {
            case STT -> Meters.STT_LATENCY;
            case LLM -> Meters.LLM_LATENCY;
            case TTS -> Meters.TTS_LATENCY;
        };
        book.histogram(meter).record(workedMillis / 1_000.0);
    }

    @Override
    public void stale(long frames) {
        backpressure("caller", frames);
    }

    @Override
    public void refused(int status) {
        if (status == TOO_MANY_REQUESTS) {
            book.counter(Meters.WS_RATE_LIMIT).increment();
        }
    }

    @Override
    public void limited(String bound) {
        book.counter(Meters.WS_RATE_LIMIT).increment();
    }

    @Override
    public void mixedUp(String how) {
        book.counter(Meters.CALL_MISMATCH, label(how)).increment();
    }

    @Override
    public void unverifiable(String reason) {
        book.counter(Meters.AUTH_UNAVAILABLE, label(reason)).increment();
    }

    @Override
    public void certificateExpires(Instant end) {
        certificateEnd.set(end.getEpochSecond());
    }

    @Override
    public void charged(BackendKind backend, SegmentCost cost) {
        book.counter(Meters.COST, backend.label(), "stt").increment(cost.stt().doubleValue());
        book.counter(Meters.COST, backend.label(), "llm").increment(cost.llm().doubleValue());
        book.counter(Meters.COST, backend.label(), "tts").increment(cost.tts().doubleValue());
    }

    @Override
    public void waiting(int records) {
        backpressure("cost_ledger", records);
    }

    /** Everything since the start. */
    public CallCounts counts() {
        var backends = new TreeMap<String, CallCounts.Latency>();
        turnsOf.forEach((backend, tally) -> backends.put(backend.label(), CallCounts.Latency.of(tally)));
        return new CallCounts(
                started.sum(),
                dropped.sum(),
                refusedCalls.sum(),
                steered.sum(),
                shed.sum(),
                sums(live, BackendKind::label),
                podFailovers.sum(),
                callFailovers.sum(),
                sums(reasons, reason -> reason),
                counted(sums(troubles, FailureReason::label)),
                CallCounts.Latency.of(turns),
                backends,
                CallCounts.Latency.of(bargeIns));
    }

    private static <K> Map<String, Long> sums(Map<K, LongAdder> adders, Function<K, String> label) {
        var sums = new TreeMap<String, Long>();
        adders.forEach((key, count) -> sums.put(label.apply(key), count.sum()));
        return sums;
    }

    private static Map<String, Long> counted(Map<String, Long> sums) {
        sums.values().removeIf(count -> count == 0);
        return sums;
    }

    /** One for each value, so that the map never changes. */
    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        var adders = new EnumMap<E, LongAdder>(type);
        for (E value : type.getEnumConstants()) {
            adders.put(value, new LongAdder());
        }
        return adders;
    }

    private static <E> LongAdder adder(Map<E, LongAdder> adders, E key) {
        return Objects.requireNonNull(adders.get(key));
    }

    private LatencyTally tally(BackendKind backend) {
        return Objects.requireNonNull(turnsOf.get(backend));
    }

    private static String label(String text) {
        return LABEL.matcher(text).matches() ? text : "other";
    }
}
