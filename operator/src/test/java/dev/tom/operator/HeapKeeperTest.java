package dev.tom.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Proxy;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeapKeeperTest {

    private static final long MB = 1L << 20;

    private final NotificationBroadcasterSupport memory = new NotificationBroadcasterSupport();
    private long used = 50 * MB;
    private long left = 40 * MB;
    private long most = 300 * MB;
    private long threshold;
    private int collections;
    private boolean hurries;

    @BeforeEach
    void watch() {
        new HeapKeeper(pool(), () -> hurries, this::collected).watch(memory);
    }

    private void collected() {
        collections++;
        used = left;
    }

    /** The old part of a heap, in which this test decides what is used. */
    private MemoryPoolMXBean pool() {
        return (MemoryPoolMXBean) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MemoryPoolMXBean.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getUsage" -> {
                            return new MemoryUsage(0, used, used, most);
                        }
                        case "setUsageThreshold" -> threshold = (long) arguments[0];
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private void grows(long to) {
        used = to;
        memory.sendNotification(new Notification(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED, "memory", 1));
    }

    @Test
    void collectsWhenTheOldPartHasGrownBySixteenMegabytes() {
        assertThat(threshold).isEqualTo(66 * MB);
        grows(67 * MB);
        assertThat(collections).isEqualTo(1);
        assertThat(threshold).isEqualTo(56 * MB);
    }

    @Test
    void mayGatherAQuarterOfALargeHeap() {
        left = 200 * MB;
        grows(230 * MB);
        assertThat(threshold).isEqualTo(250 * MB);
    }

    @Test
    void waitsWhileTheProcessHurriesAndAsksAgainSoon() {
        hurries = true;
        grows(67 * MB);
        assertThat(collections).isZero();
        assertThat(threshold).isEqualTo(71 * MB);
        hurries = false;
        grows(72 * MB);
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void neverAsksForMoreThanThereCanBe() {
        most = 70 * MB;
        grows(67 * MB);
        hurries = true;
        grows(68 * MB);
        assertThat(threshold).isEqualTo(70 * MB);
    }
}
