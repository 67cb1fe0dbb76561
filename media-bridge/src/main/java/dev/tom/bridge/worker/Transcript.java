package dev.tom.bridge.worker;

import java.util.List;
import java.util.regex.Pattern;

/** What the recognizer wrote, without what nobody said. Pure. */
final class Transcript {

    /** Sounds that the model describes instead of words: "* Musik *", "[Lachen]", "(seufzt)", notes. */
    private static final Pattern SOUNDS = Pattern.compile("\\*[^*]*\\*|\\[[^\\]]*]|\\([^)]*\\)|[♪♫]+");

    /** Credits that the model learned from subtitles and writes for noise. No caller says them. */
    private static final Pattern CREDITS = Pattern.compile(
            "(untertitel|subtitles?|copyright|untertitelung)\\b.*(zdf|ard|wdr|swr|ndr|mdr|funk|amara|community|\\d{4}).*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

    private Transcript() {}

    /** The segments as one text; empty when no word is left. */
    static String of(List<String> segments) {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            String words = SOUNDS.matcher(segment).replaceAll(" ").strip();
            if (WORD.matcher(words).find() && !CREDITS.matcher(words).matches()) {
                text.append(text.isEmpty() ? "" : " ").append(words);
            }
        }
        return text.toString().replaceAll("\\s+", " ");
    }
}
