package dev.tom.bridge.cost.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Recognizes a name that was seen in this file or one of the {@link #FILES} before it, so that a year of files needs the memory of days: a
 * doubled record, and the segments of one call, are at most a day apart.
 */
final class RecentNames {

    static final int FILES = 2;

    private final Deque<Set<String>> files = new ArrayDeque<>();

    RecentNames() {
        files.add(new HashSet<>());
    }

    void nextFile() {
        if (files.size() > FILES) {
            files.removeFirst();
        }
        files.add(new HashSet<>());
    }

    /** Whether it was not seen before. */
    boolean add(String name) {
        if (files.stream().anyMatch(names -> names.contains(name))) {
            return false;
        }
        return files.getLast().add(name);
    }
}
