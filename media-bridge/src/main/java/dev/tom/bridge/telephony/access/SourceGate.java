package dev.tom.bridge.telephony.access;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what each source does and says when it is too much. Thread-safe; time is an argument. */
public final class SourceGate {

    /** So many of the longest silent accounts are looked at to make room for a new one. */
    private static final int LOOKED_AT = 16;

    private final SourceLimits limits;
    private final Map<String, Account> accounts = new LinkedHashMap<>(64, 0.75f, true);
    private final Account others;

    public SourceGate(SourceLimits limits, long nowNanos) {
        this.limits = limits;
        this.others = new Account(nowNanos);
    }

    /** The answer to a request. */
    public sealed interface Answer {
        /** It may go on. */
        record Welcome(Account account) implements Answer {}

        /**
         * It is to be refused with 429.
         *
         * @param seconds after which to try again
         */
        record TooMuch(int seconds, String sentence) implements Answer {}
    }

    /** One source. */
    public final class Account {
        private final TokenBucket upgrades;
        private final TokenBucket failures;
        private int open;

        private Account(long nowNanos) {
            upgrades = new TokenBucket(limits.upgradesPerSecond(), limits.upgradeBurst(), nowNanos);
            failures = new TokenBucket(limits.failuresPerSecond(), limits.failureBurst(), nowNanos);
        }

        /** A socket was let in. */
        public void opened() {
            synchronized (SourceGate.this) {
                open++;
            }
        }

        /** It is gone. */
        public void closed() {
            synchronized (SourceGate.this) {
                open--;
            }
        }

        /** What it showed was wrong. */
        public void failed(long nowNanos) {
            synchronized (SourceGate.this) {
                failures.take(1, nowNanos);
            }
        }

        private boolean idle(long nowNanos) {
            return open == 0 && upgrades.full(nowNanos) && failures.full(nowNanos);
        }
    }

    /** @param address of the peer, IPv4 or IPv6 */
    public synchronized Answer arrives(String address, long nowNanos) {
        Account account = account(source(address), nowNanos);
        if (!account.failures.holds(1, nowNanos)) {
            return new Answer.TooMuch(2, "Too many wrong tokens or passwords from this address");
        }
        if (!account.upgrades.take(1, nowNanos)) {
            return new Answer.TooMuch(
                    1, "More than " + limits.upgradesPerSecond() + " new sockets a second from this address");
        }
        if (account.open >= limits.sockets()) {
            return new Answer.TooMuch(5, "This address has " + limits.sockets() + " sockets open, which is the most");
        }
        return new Answer.Welcome(account);
    }

    private Account account(String source, long nowNanos) {
        Account known = accounts.get(source);
        if (known != null) {
            return known;
        }
        if (accounts.size() >= limits.sources() && !madeRoom(nowNanos)) {
            return others;
        }
        Account fresh = new Account(nowNanos);
        accounts.put(source, fresh);
        return fresh;
    }

    private boolean madeRoom(long nowNanos) {
        Iterator<Account> eldest = accounts.values().iterator();
        for (int i = 0; i < LOOKED_AT && eldest.hasNext(); i++) {
            if (eldest.next().idle(nowNanos)) {
                eldest.remove();
                return true;
            }
        }
        return false;
    }

    /** Whoever has one IPv6 address has all of its /64. */
    private static String source(String address) {
        String[] groups = address.split(":", 5);
        return groups.length < 5 ? address : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
