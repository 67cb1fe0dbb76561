package dev.tom.operator;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.util.function.BooleanSupplier;
import javax.management.NotificationEmitter;

/**
 * Has the whole heap collected before its old part has grown far beyond what lives in it. The serial collector would first take all that
 * {@code -Xmx} allows: an operator that may hold five thousand windows would be as large with one thousand.
 */
final class HeapKeeper {

    /** The name that the serial collector gives to its old part. */
    private static final String SERIAL_OLD = "Tenured Gen";

    /** What may gather between two collections. Each of them stops the process, the longer the more lives; hence the share. */
    static final long SLACK_BYTES = 16L << 20;

    static final int SLACK_SHARE = 4;
    /** What may gather before it is asked again whether the process can be stopped. */
    static final long DELAY_BYTES = 4L << 20;

    private final MemoryPoolMXBean old;
    private final BooleanSupplier hurries;
    private final Runnable collection;

    HeapKeeper(MemoryPoolMXBean old, BooleanSupplier hurries, Runnable collection) {
        this.old = old;
        this.hurries = hurries;
        this.collection = collection;
    }

    /**
     * Keeps this process's heap from now on. Other collectors than the serial one are left to themselves.
     *
     * @param hurries whether the process must not be stopped now
     */
    static void keep(BooleanSupplier hurries) {
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(SERIAL_OLD))
                .forEach(old -> new HeapKeeper(old, hurries, System::gc)
                        .watch((NotificationEmitter) ManagementFactory.getMemoryMXBean()));
    }

    /** Is told on the JVM's own thread for such news, which may wait. */
    void watch(NotificationEmitter memory) {
        memory.addNotificationListener(
                (news, pool) -> exceeded(),
                news -> news.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                null);
        next(slack());
    }

    private long slack() {
        return Math.max(SLACK_BYTES, old.getUsage().getUsed() / SLACK_SHARE);
    }

    private void exceeded() {
        if (hurries.getAsBoolean()) {
            next(DELAY_BYTES);
        } else {
            collection.run();
            next(slack());
        }
    }

    private void next(long more) {
        long most = old.getUsage().getMax();
        long wanted = old.getUsage().getUsed() + more;
        old.setUsageThreshold(most < 0 ? wanted : Math.min(wanted, most));
    }
}
