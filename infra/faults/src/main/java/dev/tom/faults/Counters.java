package dev.tom.faults;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bridge's counters of calls at one moment.
 *
 * @param moved {@code tom_call_failover_total} by reason, without the zeros
 * @param ended {@code tom_calls_total} by result, without the zeros
 */
record Counters(Map<String, Long> moved, Map<String, Long> ended) {

    private static final Pattern LINE =
            Pattern.compile("(tom_call_failover_total|tom_calls_total)\\{(?:reason|result)=\"([a-z_]+)\"} ([0-9.E+]+)");

    Counters {
        moved = Map.copyOf(moved);
        ended = Map.copyOf(ended);
    }

    /** @param page in the text format of Prometheus */
    static Counters parse(String page) {
        Map<String, Long> moved = new TreeMap<>();
        Map<String, Long> ended = new TreeMap<>();
        Matcher lines = LINE.matcher(page);
        while (lines.find()) {
            long value = (long) Double.parseDouble(lines.group(3));
            if (value > 0) {
                (lines.group(1).equals("tom_calls_total") ? ended : moved).put(lines.group(2), value);
            }
        }
        return new Counters(moved, ended);
    }

    /** What was counted since an earlier moment. */
    Counters since(Counters earlier) {
        return new Counters(difference(moved, earlier.moved), difference(ended, earlier.ended));
    }

    private static Map<String, Long> difference(Map<String, Long> now, Map<String, Long> before) {
        Map<String, Long> more = new TreeMap<>();
        now.forEach((label, value) -> {
            long grown = value - before.getOrDefault(label, 0L);
            if (grown != 0) {
                more.put(label, grown);
            }
        });
        return more;
    }
}
