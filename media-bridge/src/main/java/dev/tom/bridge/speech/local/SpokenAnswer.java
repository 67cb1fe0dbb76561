package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import java.util.ArrayList;
import java.util.List;

/** What was said of an answer and how long each clause lasts, to know which words were heard when it is cut off. Pure. */
final class SpokenAnswer {

    private final String id;
    private final AudioFormat format;
    private final List<String> clauses = new ArrayList<>();
    private final List<Long> samples = new ArrayList<>();

    SpokenAnswer(String id, AudioFormat format) {
        this.id = id;
        this.format = format;
    }

    String id() {
        return id;
    }

    boolean isEmpty() {
        return clauses.isEmpty();
    }

    void begin(String clause) {
        clauses.add(clause);
        samples.add(0L);
    }

    /** More audio of the clause that was begun last. */
    void add(int count) {
        samples.set(samples.size() - 1, samples.getLast() + count);
    }

    String text() {
        return String.join(" ", clauses);
    }

    /** The words in the first so many milliseconds; a clause that was cut counts word by word in proportion to its length. */
    String heard(long playedMillis) {
        StringBuilder heard = new StringBuilder();
        long left = playedMillis;
        for (int i = 0; i < clauses.size() && left > 0; i++) {
            long millis = format.millisOf(samples.get(i));
            String clause = left >= millis ? clauses.get(i) : firstWords(clauses.get(i), (double) left / millis);
            heard.append(heard.isEmpty() || clause.isEmpty() ? "" : " ").append(clause);
            left -= millis;
        }
        return heard.toString();
    }

    private static String firstWords(String clause, double part) {
        List<String> words = List.of(clause.split(" "));
        return String.join(" ", words.subList(0, (int) (part * words.size())));
    }
}
