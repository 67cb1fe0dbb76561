package dev.tom.testkit;

import java.util.Locale;

/** Word error rate: edits between two sentences, in words, over the length of the expected one. */
public final class WordError {

    private WordError() {}

    /**
     * Compares without case and punctuation.
     *
     * @return 0 when equal; 1 when nothing fits; may exceed 1
     */
    public static double rate(String expected, String heard) {
        String[] reference = words(expected);
        String[] hypothesis = words(heard);
        int[] previous = new int[hypothesis.length + 1];
        for (int j = 0; j <= hypothesis.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= reference.length; i++) {
            int[] current = new int[hypothesis.length + 1];
            current[0] = i;
            for (int j = 1; j <= hypothesis.length; j++) {
                int substitution = previous[j - 1] + (reference[i - 1].equals(hypothesis[j - 1]) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return (double) previous[hypothesis.length] / Math.max(1, reference.length);
    }

    /**
     * How much of the expected words cannot be found in what was heard, wherever in it they stand; what was heard before and after them
     * does not count.
     *
     * @return 0 when all are there in their order; 1 when none is
     */
    public static double lost(String expected, String heard) {
        String[] reference = words(expected);
        String[] hypothesis = words(heard);
        int[] previous = new int[hypothesis.length + 1];
        for (int i = 1; i <= reference.length; i++) {
            int[] current = new int[hypothesis.length + 1];
            current[0] = i;
            for (int j = 1; j <= hypothesis.length; j++) {
                int substitution = previous[j - 1] + (reference[i - 1].equals(hypothesis[j - 1]) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        int best = Integer.MAX_VALUE;
        for (int edits : previous) {
            best = Math.min(best, edits);
        }
        return (double) best / Math.max(1, reference.length);
    }

    private static String[] words(String sentence) {
        String plain = sentence.toLowerCase(Locale.GERMAN)
                .replaceAll("[^\\p{L}\\p{N} ]", " ")
                .strip();
        return plain.isEmpty() ? new String[0] : plain.split("\\s+");
    }
}
