package dev.tom.bridge.worker;

/** A stranger's input as it may stand in a sentence: short, without control characters. */
final class Shown {

    private static final int MAX = 40;

    private Shown() {}

    static String of(String input) {
        String clean = input.replaceAll("\\p{Cntrl}", "?");
        return "'" + (clean.length() <= MAX ? clean : clean.substring(0, MAX) + "…") + "'";
    }
}
