package dev.tom.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What the switch module does with answers before the caller hears them, as measured on a real switch: streamed audio waits in a
 * pre-buffer (1280 samples the first time, 640 later) and is handed over in pieces of 1024 bytes; a kill empties the playout at the
 * next tick, together with what arrived in between, but leaves the pre-buffer; files begin 120 ms after they were sent. Not
 * thread-safe.
 */
final class SwitchPlayback {

    private static final int FIRST_THRESHOLD = 1_280;
    private static final int LATER_THRESHOLD = 640;
    private static final int PIECE_SAMPLES = 512;
    private static final int FILE_DELAY_TICKS = 6;
    private static final int MAX_MARKS = 30;

    /** A mark's answer: it was reached, or dropped by a kill. */
    record MarkEvent(String name, boolean cleared) {}

    private record PlacedMark(String name, long position) {}

    @SuppressWarnings("ArrayRecordComponent") // queued, never compared
    private record QueuedFile(long tick, short[] samples) {}

    private final int frameSamples;
    private final boolean streaming;
    private final SampleQueue preBuffer = new SampleQueue();
    private final SampleQueue playout = new SampleQueue();
    private final ArrayDeque<QueuedFile> files = new ArrayDeque<>();
    private final ArrayDeque<String> loneMarks = new ArrayDeque<>();
    private final ArrayDeque<PlacedMark> placedMarks = new ArrayDeque<>();
    private final List<MarkEvent> markEvents = new ArrayList<>();
    private int threshold = FIRST_THRESHOLD;
    private int oddByte = -1;
    private boolean clearing;
    private int arrivedWhileClearing;
    private long arrived;
    private long played;
    private long ticks;
    private long leaked;
    private long swallowed;

    SwitchPlayback(int rate, boolean streaming) {
        this.frameSamples = rate / 50;
        this.streaming = streaming;
    }

    /** Streamed audio; ignored in file mode. Returns what was in it, for the record. */
    short[] binary(byte[] message) {
        int carried = oddByte >= 0 ? 1 : 0;
        int total = message.length + carried;
        short[] samples = new short[total / 2];
        for (int i = 0; i < samples.length; i++) {
            int low = 2 * i - carried;
            samples[i] = (short) ((low < 0 ? oddByte : message[low] & 0xff) | message[low + 1] << 8);
        }
        oddByte = total % 2 == 1 ? message[message.length - 1] & 0xff : -1;
        if (streaming) {
            while (!loneMarks.isEmpty()) {
                placedMarks.add(new PlacedMark(loneMarks.remove(), arrived));
            }
            for (int at = 0; at < samples.length; at += PIECE_SAMPLES) {
                piece(samples, at, Math.min(PIECE_SAMPLES, samples.length - at));
            }
        }
        return samples;
    }

    private void piece(short[] samples, int offset, int length) {
        arrived += length;
        preBuffer.add(samples, offset, length);
        if (preBuffer.size() >= threshold) {
            threshold = LATER_THRESHOLD;
            short[] all = preBuffer.take(preBuffer.size());
            playout.add(all, 0, all.length);
            if (clearing) {
                arrivedWhileClearing += all.length;
            }
        }
    }

    /** A file to play after those before it; ignored in stream mode. */
    void file(short[] samples) {
        if (!streaming) {
            files.add(new QueuedFile(ticks + FILE_DELAY_TICKS, samples));
        }
    }

    void kill() {
        clearing = true;
        arrivedWhileClearing = 0;
    }

    void mark(String name) {
        if (loneMarks.size() + placedMarks.size() < MAX_MARKS) {
            loneMarks.add(name);
        }
    }

    void clearMarks() {
        loneMarks.clear();
        placedMarks.clear();
    }

    /** The next 20 ms that the caller hears. */
    short[] tick() {
        ticks++;
        if (clearing) {
            clear();
        }
        if (playout.size() == 0 && !files.isEmpty() && files.peek().tick() <= ticks) {
            short[] next = files.remove().samples();
            playout.add(next, 0, next.length);
        }
        short[] audio = playout.take(frameSamples);
        played += audio.length;
        while (!placedMarks.isEmpty() && placedMarks.peek().position() <= played) {
            markEvents.add(new MarkEvent(placedMarks.remove().name(), false));
        }
        while (playout.size() == 0 && placedMarks.isEmpty() && !loneMarks.isEmpty()) {
            markEvents.add(new MarkEvent(loneMarks.remove(), false));
        }
        return java.util.Arrays.copyOf(audio, frameSamples);
    }

    private void clear() {
        clearing = false;
        short[] kept = playout.take(Math.max(0, playout.size() - arrivedWhileClearing));
        played += kept.length + playout.size();
        swallowed += playout.audible();
        leaked += preBuffer.audible();
        playout.clear();
        files.clear();
        placedMarks.forEach(mark -> markEvents.add(new MarkEvent(mark.name(), true)));
        loneMarks.forEach(mark -> markEvents.add(new MarkEvent(mark, true)));
        clearMarks();
    }

    /** Mark answers since the last call. */
    List<MarkEvent> takeMarkEvents() {
        List<MarkEvent> events = List.copyOf(markEvents);
        markEvents.clear();
        return events;
    }

    /** Audible samples that a kill left in the pre-buffer, to be heard in front of the next answer. */
    long leakedSamples() {
        return leaked;
    }

    /** Audible samples that came too soon after a kill and were dropped with the old ones. */
    long swallowedSamples() {
        return swallowed;
    }
}
