package dev.tom.demo;

import dev.tom.testkit.Await;
import dev.tom.testkit.CallRecord;
import dev.tom.testkit.CallRecord.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The change of the voice in a call after a cut, as the caller's side sees it: the bridge clears the old answer ({@code killAudio}), and
 * what arrives afterwards comes from the other backend.
 *
 * @param cutAt when the provider died
 */
record Handover(CallRecord record, Instant cutAt) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AUDIBLE = 200;

    /** Waits for the first audible audio of the new backend and says when it came. */
    Instant awaitLocalAudio() {
        Await.until(
                "audio from the local side after the cut",
                PATIENCE,
                () -> firstNew().isPresent());
        return firstNew().orElseThrow();
    }

    /** Last audible audio of the old backend to the first of the new one. */
    long gapMillis(Instant newAudioAt) {
        Instant oldAudioAt = audible().stream()
                .filter(at -> at.isBefore(clearedAt().orElse(newAudioAt)))
                .reduce((earlier, later) -> later)
                .orElse(cutAt);
        return Duration.between(oldAudioAt, newAudioAt).toMillis();
    }

    private Optional<Instant> clearedAt() {
        return record.arrivals().stream()
                .filter(arrival -> arrival instanceof Arrival.Text text
                        && !text.at().isBefore(cutAt)
                        && "killAudio".equals(text.json().getString("type")))
                .map(Arrival::at)
                .findFirst();
    }

    private Optional<Instant> firstNew() {
        return clearedAt()
                .flatMap(cleared ->
                        audible().stream().filter(at -> at.isAfter(cleared)).findFirst());
    }

    private List<Instant> audible() {
        return record.arrivals().stream()
                .filter(arrival -> arrival instanceof Arrival.Audio audio && loud(audio.samples()))
                .map(Arrival::at)
                .toList();
    }

    private static boolean loud(short[] samples) {
        for (short sample : samples) {
            if (Math.abs(sample) > AUDIBLE) {
                return true;
            }
        }
        return false;
    }
}
