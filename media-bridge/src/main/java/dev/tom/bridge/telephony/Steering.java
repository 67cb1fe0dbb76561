package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.CallAcceptor.Arrival;
import io.vertx.core.MultiMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a telephone socket to another pod with 302. {@code mod_audio_fork} follows it and takes path and query over (protocols.md B3), at
 * most four requests in all; so the query counts the hops, and the pod that is asked last answers with a reason. Pure.
 */
final class Steering {

    /** Query parameter: how often bridges sent this socket on. */
    static final String HOPS = "tom-hops";

    private static final Pattern COUNTED = Pattern.compile("([?&])" + HOPS + "=[^&]*");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,3}");
    /** A count that is none of ours stops the steering. */
    private static final int TOO_MANY = 999;

    private Steering() {}

    /** @param followsRedirects whether the dialect's far side does */
    static Arrival arrival(MultiMap params, boolean followsRedirects) {
        return new Arrival(followsRedirects, hops(params.get(HOPS)));
    }

    /**
     * Where to go.
     *
     * @param base scheme, host, port and possibly a path to put before the request's
     * @param requestUri path and query as they came; they may carry a token, so the result belongs into no log
     */
    static String location(String base, String requestUri) {
        String before = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        Matcher counted = COUNTED.matcher(requestUri);
        if (counted.find()) {
            String count = counted.group().substring(counted.group().indexOf('=') + 1);
            return before + counted.replaceFirst("$1" + HOPS + "=" + (hops(count) + 1));
        }
        return before + requestUri + (requestUri.contains("?") ? "&" : "?") + HOPS + "=1";
    }

    private static int hops(@org.jspecify.annotations.Nullable String count) {
        if (count == null) {
            return 0;
        }
        return COUNT.matcher(count).matches() ? Integer.parseInt(count) : TOO_MANY;
    }
}
