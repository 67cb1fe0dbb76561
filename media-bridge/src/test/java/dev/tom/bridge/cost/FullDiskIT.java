package dev.tom.bridge.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.cost.journal.JournalOrigin;
import dev.tom.bridge.cost.tariff.Tariff;
import dev.tom.bridge.session.CallSegment;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger on a real file system that is full. */
class FullDiskIT {

    private static final int RECORDS = 200;

    @TempDir
    Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        Assumptions.assumeTrue(mounted, "this user may not mount a small file system: run as root to see a full disk");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", disk.toString());
        }
    }

    @Test
    void recordsWaitUntilThereIsRoomAndNoneIsLostDoubledOrTorn() throws Exception {
        Path filler = disk.resolve("filler");
        List<CallSegment> segments = IntStream.range(0, RECORDS)
                .mapToObj(i -> Segments.local("call-" + i, "2026-12-01T08:00:00Z"))
                .toList();
        assertThat(settings().problem()).isEmpty();
        var ledger = ledger();
        try (ledger) {
            ledger.start();
            ledger.segmentEnded(segments.getFirst());
            await().until(() -> ledger.waiting() == 0);
            fill(filler);
            segments.forEach(segment -> ledger.segmentOpened(segment.opened()));
            segments.stream().skip(1).forEach(ledger::segmentEnded);
            await().during(Duration.ofSeconds(2)).until(() -> ledger.waiting() > 0);
            assertThat(ledger.account().records()).isEqualTo(RECORDS);

            Files.delete(filler);
            await().until(() -> ledger.waiting() == 0);
        }
        assertThat(records().map(JsonObject::new).map(record -> record.getString("call_id")))
                .containsExactlyElementsOf(
                        segments.stream().map(CallSegment::callId).toList());
    }

    @Test
    void aBridgeStartsOnAFullDisk() throws Exception {
        fill(disk.resolve("filler"));
        assertThat(settings().problem()).isEmpty();
        try (var ledger = ledger().start()) {
            ledger.segmentEnded(Segments.local("a", "2026-12-01T08:00:00Z"));
            Files.delete(disk.resolve("filler"));
            await().until(() -> ledger.waiting() == 0);
        }
        assertThat(records()).hasSize(1);
    }

    @Test
    void aReadOnlyDirectoryIsOneSentence() throws Exception {
        Path costs = Files.createDirectory(disk.resolve("costs"));
        assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();
        assertThat(settings().problem())
                .contains(
                        "COST_LOG_DIR=" + costs
                                + " cannot be written: give this user the right to, mount it writable, or name another directory");
    }

    /** Until not one more byte fits. */
    private static void fill(Path filler) {
        try (var out = Files.newOutputStream(filler)) {
            byte[] block = new byte[1_024];
            for (int i = 0; i < 1_024; i++) {
                out.write(block);
            }
            throw new IllegalStateException("the disk is larger than it should be");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private CostSettings settings() {
        return new CostSettings(disk.resolve("costs"), Optional.empty(), FsyncPolicy.RECORD);
    }

    private CostLedger ledger() {
        return new CostLedger(
                settings(),
                Tariff.builtIn(),
                new JournalOrigin("pod", "pilot", "m", "pod@2026-12-01T08:00:00Z"),
                CostObserver.NONE,
                InstantSource.system());
    }

    private Stream<String> records() throws IOException {
        return Files.readAllLines(disk.resolve("costs/costs_20261201.jsonl")).stream();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
