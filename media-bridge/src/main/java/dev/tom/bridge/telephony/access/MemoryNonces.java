package dev.tom.bridge.telephony.access;

import dev.tom.bridge.telephony.access.Grant.Nonce;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/** The used tokens of one pod, in its memory, each until it has expired. */
final class MemoryNonces implements NonceStore {

    /** 27 new sockets a second for an hour; about 20 MB. */
    static final int MOST = 100_000;

    private final InstantSource clock;
    private final int most;
    private final Set<String> used = new HashSet<>();
    private final PriorityQueue<Nonce> byEnd = new PriorityQueue<>(Comparator.comparing(Nonce::until));

    MemoryNonces(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    @Override
    public Future<Outcome> spend(Nonce nonce) {
        return Future.succeededFuture(outcome(nonce, clock.instant()));
    }

    private synchronized Outcome outcome(Nonce nonce, Instant now) {
        for (Nonce oldest = byEnd.peek(); oldest != null && !oldest.until().isAfter(now); oldest = byEnd.peek()) {
            used.remove(oldest.jti());
            byEnd.remove();
        }
        if (used.contains(nonce.jti())) {
            return Outcome.USED;
        }
        if (used.size() >= most) {
            return Outcome.FULL;
        }
        used.add(nonce.jti());
        byEnd.add(nonce);
        return Outcome.FRESH;
    }
}
