package dev.tom.bridge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeWorkTest {

    private final NativeWork work = new NativeWork("test", 1, 2);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        assertThat(work.end()).isTrue();
    }

    private CompletableFuture<String> occupy() throws InterruptedException {
        CompletableFuture<String> first = work.offer(() -> true, () -> {
                    started.countDown();
                    release.await();
                    return "first";
                })
                .orElseThrow();
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        occupy();
        assertThat(work.offer(() -> true, () -> "second")).isPresent();
        assertThat(work.offer(() -> true, () -> "third")).isPresent();
        assertThat(work.offer(() -> true, () -> "fourth")).isEmpty();
        assertThat(work.waiting()).isEqualTo(2);
    }

    @Test
    void dropsBeforeTheStartWhatNobodyWants() throws Exception {
        CompletableFuture<String> first = occupy();
        AtomicBoolean wanted = new AtomicBoolean(true);
        AtomicBoolean ran = new AtomicBoolean();
        Optional<CompletableFuture<Boolean>> second = work.offer(wanted::get, () -> {
            ran.set(true);
            return true;
        });
        wanted.set(false);
        release.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("first");
        assertThatThrownBy(() -> second.orElseThrow().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(NativeWork.Dropped.class);
        assertThat(ran).isFalse();
    }

    @Test
    void aFailureIsTheResult() {
        CompletableFuture<String> failed = work.offer(() -> true, () -> {
                    throw new UnsatisfiedLinkError("no such library");
                })
                .map(future -> future.thenApply(String::valueOf))
                .orElseThrow();
        assertThatThrownBy(() -> failed.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(UnsatisfiedLinkError.class);
    }
}
