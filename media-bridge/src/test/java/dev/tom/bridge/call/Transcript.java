package dev.tom.bridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A scenario as text: a line in column 0 is what happens ({@code TIME Event arguments}, or a word for the player), the indented lines
 * below it are the machine's answer. {@code -Drewrite=true} writes the answers anew.
 */
public final class Transcript {

    /** Plays the lines of one scenario. */
    public interface Player {
        /** The answer to one line, without indentation. */
        List<String> play(String line);
    }

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private Transcript() {}

    public static List<Path> all(String folder) {
        Path path = Path.of(System.getProperty("basedir", "."), "src/test/resources/scenarios", folder);
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void check(Path file, Supplier<Player> players) {
        try {
            Player player = players.get();
            String played = Files.readString(file)
                    .lines()
                    .filter(line -> !line.startsWith("    "))
                    .flatMap(line -> Stream.concat(Stream.of(line), answer(player, line)))
                    .collect(Collectors.joining("\n", "", "\n"));
            if (Boolean.getBoolean("rewrite")) {
                Files.writeString(file, played);
            }
            assertThat(played).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> answer(Player player, String line) {
        return line.isBlank() || line.startsWith("#")
                ? Stream.of()
                : player.play(line).stream().map(s -> "    " + s);
    }

    /** The words of a line; quotes hold several together. */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words;
    }

    /** The record of a sealed type with this simple name, made of words. */
    public static <T> T parse(Class<T> sealed, String name, List<String> words) {
        Class<?> type = subtypes(sealed)
                .filter(one -> one.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + sealed.getSimpleName() + " " + name));
        RecordComponent[] components = type.getRecordComponents();
        assertThat(words).as("arguments of %s", name).hasSize(components.length);
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[types.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(types[i], words.get(i));
        }
        try {
            return sealed.cast(type.getDeclaredConstructor(types).newInstance(values));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    /** All records of a sealed type. */
    public static Stream<Class<?>> subtypes(Class<?> sealed) {
        return sealed.isSealed()
                ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(Transcript::subtypes)
                : Stream.of(sealed);
    }

    /** A value in short form: {@code Name(a, b)}. */
    public static String show(Object value) {
        return switch (value) {
            case Long never when never == Long.MAX_VALUE || never == Long.MIN_VALUE -> "-";
            case String text -> "\"" + text + "\"";
            case List<?> list -> list.stream().map(Transcript::show).collect(Collectors.joining(", ", "[", "]"));
            case Record one -> {
                String parts = Arrays.stream(one.getClass().getRecordComponents())
                        .map(component -> show(component(one, component)))
                        .collect(Collectors.joining(", "));
                yield one.getClass().getSimpleName() + (parts.isEmpty() ? "" : "(" + parts + ")");
            }
            default -> value.toString();
        };
    }

    /** The components of a record that differ from an earlier value of it, as {@code name: value}. */
    public static List<String> changes(Record before, Record after) {
        return Arrays.stream(after.getClass().getRecordComponents())
                .filter(component -> !component(before, component).equals(component(after, component)))
                .map(component -> component.getName() + ": " + show(component(after, component)))
                .toList();
    }

    private static Object component(Record one, RecordComponent component) {
        try {
            return component.getAccessor().invoke(one);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object value(Class<?> type, String word) {
        if (type == String.class) {
            return word;
        }
        if (type == boolean.class) {
            return Boolean.parseBoolean(word);
        }
        if (type.isEnum()) {
            return Enum.valueOf((Class<Enum>) type, word);
        }
        return type == int.class ? (Object) Integer.parseInt(word) : (Object) Long.parseLong(word);
    }
}
