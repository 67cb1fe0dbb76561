package dev.tom.bridge.cost.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Sums the records of a directory, file by file in the order of days and line by line, so that years fit. Not thread-safe. */
public final class CostSums {

    /** So many complaints about one file are said; the rest is only counted. */
    private static final int COMPLAINTS_PER_FILE = 20;

    private final LocalDate from;
    private final LocalDate to;
    private final List<Dimension> by;
    private final Consumer<String> complaints;

    private final SortedMap<List<String>, Sum> groups = new TreeMap<>(CostSums::compare);
    private final Map<List<String>, RecentNames> callsOf = new HashMap<>();
    private final RecentNames ids = new RecentNames();
    private final RecentNames calls = new RecentNames();
    private Sum total = Sum.NONE;
    private long skipped;
    private long doubled;

    /**
     * @param from first UTC day, by the end of a segment
     * @param to last UTC day
     * @param by how records are grouped, in the order of the columns
     * @param complaints hears one sentence for each line that is skipped, with file and line
     */
    public CostSums(LocalDate from, LocalDate to, List<Dimension> by, Consumer<String> complaints) {
        this.from = from;
        this.to = to;
        this.by = List.copyOf(by);
        this.complaints = complaints;
    }

    /** Reads all files {@code costs_*.jsonl} of a directory. */
    public CostSums read(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "costs_*.jsonl")) {
            found.forEach(files::add);
        }
        files.sort(null);
        for (Path file : files) {
            readFile(file);
            ids.nextFile();
            calls.nextFile();
            callsOf.values().forEach(RecentNames::nextFile);
        }
        return this;
    }

    private void readFile(Path file) throws IOException {
        long number = 0;
        long before = skipped + doubled;
        // Bytes that are no UTF-8 make a line foreign; they do not end the reading.
        try (var lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    take(line, file.getFileName() + ":" + number, before);
                }
            }
        }
        long silent = skipped + doubled - before - COMPLAINTS_PER_FILE;
        if (silent > 0) {
            complaints.accept(file.getFileName() + ": " + silent + " more lines like these");
        }
    }

    private void take(String line, String place, long before) {
        CostLine record;
        try {
            record = CostLine.parse(line);
        } catch (CostLine.Foreign e) {
            skipped++;
            complain(place + " " + e.getMessage() + "; skipped", before);
            return;
        }
        if (record.day().isBefore(from) || record.day().isAfter(to)) {
            return;
        }
        if (!record.id().isEmpty() && !ids.add(record.id())) {
            doubled++;
            complain(place + " repeats the record " + record.id() + "; counted once", before);
            return;
        }
        List<String> key = by.stream().map(dimension -> dimension.of(record)).toList();
        boolean newCall = callsOf.computeIfAbsent(key, _ -> new RecentNames()).add(record.callId());
        groups.merge(key, Sum.NONE.plus(record, true), (sum, _) -> sum.plus(record, newCall));
        total = total.plus(record, calls.add(record.callId()));
    }

    private void complain(String sentence, long before) {
        if (skipped + doubled - before <= COMPLAINTS_PER_FILE) {
            complaints.accept(sentence);
        }
    }

    /** The dimensions, in the order of a key. */
    List<Dimension> by() {
        return by;
    }

    /** Sums by the values of the dimensions, sorted. */
    SortedMap<List<String>, Sum> groups() {
        return groups;
    }

    Sum total() {
        return total;
    }

    /** Lines that are no records. */
    public long skipped() {
        return skipped;
    }

    /** Records that were there already. */
    public long doubled() {
        return doubled;
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
