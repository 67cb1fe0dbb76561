package dev.tom.bridge.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** The sentence about a name that no setting has, with the nearest one that exists. */
final class UnknownNames {

    /** A name further away than so many letters is no slip of the finger. */
    private static final int NEAR = 3;

    private UnknownNames() {}

    static String sentence(String name) {
        return nearest(name)
                .map(known -> "Unknown setting " + name + ": did you mean " + known + "?")
                .orElse("Unknown setting " + name + ": remove it, tom bridge --help lists the settings");
    }

    private static Optional<Setting> nearest(String name) {
        return Arrays.stream(Setting.values())
                .filter(setting -> distance(name, setting.name()) <= NEAR)
                .min(Comparator.comparingInt(setting -> distance(name, setting.name())));
    }

    /** Letters to insert, delete or change. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
