package dev.tom.bridge.cost.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentUse;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aLiveJournalSaysWhatIsOpenAndNobodyCanTakeIt() throws IOException {
        try (var journal = journal(folder)) {
            journal.start();
            journal.opened(segment(1));
            journal.used(segment(1), use(7));
            await().untilAsserted(() -> assertThat(owed(journal).unrecorded())
                    .containsExactly(
                            new CallSegment(segment(1), use(7), owed(journal).lastSign(), "crash")));
            assertThat(owed(journal).origin()).isEqualTo(new JournalOrigin("p", "w", "m", "p@2026-12-01T08:00:00Z"));
            assertThat(AbandonedJournal.take(journal.path())).isEmpty();
        }
    }

    @Test
    void signsOfLifeComeWhileSomethingIsOpen() {
        try (var journal = journal(folder)) {
            journal.start();
            journal.opened(segment(1));
            await().until(() -> Files.exists(journal.path())
                    && Files.readAllLines(journal.path()).stream()
                                    .filter(line -> line.contains("\"alive\""))
                                    .count()
                            >= 2);
        }
    }

    @Test
    void theFileGoesWhenNothingIsOwedAndStaysOtherwise() throws IOException {
        var settled = journal(folder);
        settled.start();
        settled.opened(segment(1));
        settled.ended(new CallSegment(segment(1), use(1), START.plusSeconds(5), "hangup"));
        settled.recorded(new CallSegment(segment(1), use(1), START.plusSeconds(5), "hangup"));
        settled.close();
        assertThat(Journals.in(folder)).isEmpty();

        var owing = journal(folder);
        owing.start();
        owing.opened(segment(2));
        owing.ended(new CallSegment(segment(2), use(2), START.plusSeconds(5), "hangup"));
        owing.close();
        assertThat(Journals.in(folder)).containsExactly(owing.path());
        var taken = AbandonedJournal.take(owing.path()).orElseThrow();
        try (taken) {
            assertThat(taken.content().unrecorded())
                    .containsExactly(new CallSegment(segment(2), use(2), START.plusSeconds(5), "hangup"));
        }
    }

    @Test
    void itIsWrittenAnewWhenItHasGrown() throws IOException {
        try (var journal = journal(folder)) {
            journal.start();
            int many = 8_000;
            journal.opened(segment(0));
            await().until(() -> Files.exists(journal.path()));
            IntStream.range(1, many).forEach(i -> journal.opened(segment(i)));
            await().until(() -> Files.exists(journal.path()) && Files.size(journal.path()) > Journal.COMPACT_AT);
            IntStream.range(1, many)
                    .forEach(i -> journal.recorded(new CallSegment(segment(i), SegmentUse.NONE, START, "hangup")));
            await().untilAsserted(() -> assertThat(Files.size(journal.path())).isLessThan(Journal.COMPACT_AT));
            assertThat(owed(journal).unrecorded())
                    .extracting(CallSegment::id)
                    .containsExactly(segment(0).id());
            assertThat(Journals.in(folder)).containsExactly(journal.path());
        }
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWhenThereIsRoom() throws IOException {
        Path blocked = Files.createFile(folder.resolve("costs"));
        try (var journal = journal(blocked)) {
            journal.start();
            journal.opened(segment(1));
            journal.opened(segment(2));
            journal.used(segment(2), use(3));
            journal.recorded(new CallSegment(segment(1), SegmentUse.NONE, START, "hangup"));
            Files.delete(blocked);
            await().untilAsserted(() -> assertThat(owed(journal).unrecorded())
                    .extracting(CallSegment::id, CallSegment::use)
                    .containsExactly(tuple(segment(2).id(), use(3))));
        }
    }

    @Test
    void aNameIsSafeWhateverThePodIsCalled() {
        Path path = Journals.fresh(folder, "../etc/*{x}", START, 0xabc);
        assertThat(path.getParent()).isEqualTo(folder);
        assertThat(path.getFileName()).hasToString("open_..-etc---x-_20261201T080000000_00000abc.journal");
    }

    private static Journal journal(Path directory) {
        return new Journal(
                directory, new JournalOrigin("p", "w", "m", "p@2026-12-01T08:00:00Z"), true, InstantSource.system());
    }

    /** Reading through another descriptor gives up the lock, which matters to other processes only. */
    private static JournalContent owed(Journal journal) throws IOException {
        return JournalContent.of(Files.exists(journal.path()) ? Files.readAllLines(journal.path()) : List.of());
    }

    private static OpenSegment segment(int number) {
        return OpenSegment.of("call", number, "", BackendKind.PROVIDER, START);
    }

    private static SegmentUse use(long tokens) {
        return new SegmentUse(0, 0, 0, new TokenUsage(tokens, 0, 0, 0, 0, 0));
    }
}
