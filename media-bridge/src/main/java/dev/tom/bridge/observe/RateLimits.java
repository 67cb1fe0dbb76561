package dev.tom.bridge.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left of the provider's rate limits, as it said last; warns when one is nearly used up. Thread-safe. */
final class RateLimits {

    private static final Logger log = LoggerFactory.getLogger(RateLimits.class);

    /** Below it the next calls may be refused. */
    static final double LOW = 0.1;

    /** Bound of the label values: the documented names are two, and what a server makes up must not grow the page. */
    static final int MAX_NAMES = 8;

    private final MeterBook book;
    private final Map<String, AtomicLong> remaining = new ConcurrentHashMap<>();

    RateLimits(MeterBook book) {
        this.book = book;
    }

    void told(String name, double ratio) {
        AtomicLong last = remaining.get(name);
        if (last == null) {
            if (remaining.size() >= MAX_NAMES) {
                return;
            }
            last = remaining.computeIfAbsent(name, this::gauge);
        }
        double before = Double.longBitsToDouble(last.getAndSet(Double.doubleToLongBits(ratio)));
        if (ratio < LOW && before >= LOW) {
            log.warn(
                    "Of the provider's rate limit for {} {} % are left: calls will be refused soon, ask for a higher limit"
                            + " or lower MAX_CALLS",
                    name, Math.round(100 * ratio));
        }
    }

    private AtomicLong gauge(String name) {
        AtomicLong value = new AtomicLong(Double.doubleToLongBits(1));
        book.gauge(Meters.PROVIDER_RATE_LIMIT, () -> Double.longBitsToDouble(value.get()), name);
        return value;
    }
}
