package dev.tom.bridge.worker;

import java.util.Locale;

/** Word error rate: edits of words, as part of the words that were said. Case and punctuation do not count. */
public final class WordError {

    private WordError() {}

    public static double rate(String said, String heard) {
        String[] a = words(said);
        String[] b = words(heard);
        int[] row = new int[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int changed = diagonal + (a[i - 1].equals(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return (double) row[b.length] / a.length;
    }

    private static String[] words(String text) {
        return text.toLowerCase(Locale.GERMAN)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip()
                .split(" ");
    }
}
