package dev.tom.bridge.speech.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cuts text that arrives in pieces into clauses for a synthesizer. The first clause is cut as early as a comma allows, because the caller
 * waits for it; later ones at ends of sentences, because a voice drops at the end of whatever it is given. One text; not thread-safe.
 */
public final class ClauseCutter {

    /** A clause is never longer, in characters: the synthesizer's time for one piece stays bounded. */
    public static final int MAX_CLAUSE = 220;

    private static final int FIRST_CLAUSE_MIN = 8;
    private static final int COMMA_CLAUSE_MIN = 90;
    private static final int ORDINAL_DIGITS = 2;

    private static final Pattern MARKUP = Pattern.compile("[*_#`~|<>\\p{Cntrl}\\p{So}]+");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern SPEAKABLE = Pattern.compile("[\\p{L}\\p{N}]");

    /** Words whose full stop does not end a sentence, without that stop. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "dr", "prof", "hr", "fr", "frl", "nr", "str", "tel", "ca", "bzw", "evtl", "ggf", "inkl", "exkl", "zzgl",
            "bspw", "vgl", "st", "mr", "mrs", "abs", "art", "max", "min", "mio", "mrd", "jan", "feb", "aug", "sept",
            "okt", "nov", "dez", "mo", "di", "mi", "do", "sa", "so");

    private final StringBuilder held = new StringBuilder();
    private int looked;
    /** Whether a comma may end the next clause early. */
    private boolean eager = true;

    /** Takes the next piece of the text and gives the clauses that are complete now. */
    public List<String> push(String piece) {
        held.append(piece);
        List<String> clauses = new ArrayList<>();
        // A character can be judged when the next one is known.
        while (looked < held.length() - 1) {
            if (endsAt(looked)) {
                cut(looked + 1, clauses);
            } else if (looked + 1 >= MAX_CLAUSE) {
                cut(lastSpace(), clauses);
            } else {
                looked++;
            }
        }
        return clauses;
    }

    /** The text is over: what is left of it. */
    public Optional<String> finish() {
        List<String> rest = new ArrayList<>();
        cut(held.length(), rest);
        return rest.stream().findFirst();
    }

    /** All clauses of a whole text. */
    public static List<String> cutAll(String text) {
        return cutAll(text, new ClauseCutter());
    }

    /** The sentences of a whole text; a comma ends one only when it is long. */
    public static List<String> sentences(String text) {
        ClauseCutter cutter = new ClauseCutter();
        cutter.eager = false;
        return cutAll(text, cutter);
    }

    private static List<String> cutAll(String text, ClauseCutter cutter) {
        List<String> clauses = new ArrayList<>(cutter.push(text));
        cutter.finish().ifPresent(clauses::add);
        return clauses;
    }

    private boolean endsAt(int at) {
        char c = held.charAt(at);
        if (c == '\n') {
            return true;
        }
        if (!Character.isWhitespace(held.charAt(at + 1))) {
            return false;
        }
        return switch (c) {
            case '!', '?', '…' -> true;
            case '.' -> !abbreviates(at);
            case ',', ';', ':', '–' -> at + 1 >= (eager ? FIRST_CLAUSE_MIN : COMMA_CLAUSE_MIN);
            default -> false;
        };
    }

    private boolean abbreviates(int dot) {
        int start = dot;
        while (start > 0 && Character.isLetterOrDigit(held.charAt(start - 1))) {
            start--;
        }
        String word = held.substring(start, dot).toLowerCase(Locale.ROOT);
        boolean ordinal = word.length() <= ORDINAL_DIGITS
                && !word.isEmpty()
                && word.chars().allMatch(Character::isDigit);
        return ordinal || word.length() == 1 || ABBREVIATIONS.contains(word);
    }

    private int lastSpace() {
        int at = looked;
        while (at > 0 && !Character.isWhitespace(held.charAt(at))) {
            at--;
        }
        return at > 0 ? at : looked + 1;
    }

    private void cut(int end, List<String> clauses) {
        String clause = SPACES.matcher(MARKUP.matcher(held.substring(0, end)).replaceAll(" "))
                .replaceAll(" ")
                .strip();
        held.delete(0, end);
        looked = 0;
        if (SPEAKABLE.matcher(clause).find()) {
            clauses.add(clause);
            eager = false;
        }
    }
}
