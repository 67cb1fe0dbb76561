package dev.tom.bridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A Mermaid state diagram, collected step by step; kept in {@code docs/states} and written anew by {@code -Drewrite=true}. */
public final class StateDiagram {

    private final String title;
    private final Map<String, Set<String>> arrows = new TreeMap<>();

    private final boolean loops;

    /**
     * @param loops whether to draw steps from a kind of state to the same kind
     */
    public StateDiagram(String title, boolean loops) {
        this.title = title;
        this.loops = loops;
    }

    /** One step that was seen; steps that change nothing are left out. */
    public void saw(Object from, Object event, Object to) {
        String one = from.getClass().getSimpleName();
        String other = to.getClass().getSimpleName();
        if (loops ? !from.equals(to) : !one.equals(other)) {
            arrows.computeIfAbsent(one + " --> " + other, _ -> new TreeSet<>())
                    .add(event.getClass().getSimpleName());
        }
    }

    /** One arrow, by the names of its ends. */
    public void arrow(String from, String label, String to) {
        arrows.computeIfAbsent(from + " --> " + to, _ -> new TreeSet<>()).add(label);
    }

    /** Compares with the committed file. */
    public void check(String file) {
        StringBuilder text = new StringBuilder("---\ntitle: ")
                .append(title)
                .append("\n---\n%% generated from the machine by its tests (-Drewrite=true)\nstateDiagram-v2\n");
        arrows.forEach((arrow, events) -> text.append("    ")
                .append(arrow)
                .append(": ")
                .append(String.join("<br/>", events))
                .append('\n'));
        Path path = Path.of(System.getProperty("tom.root", ".."), "docs/states", file);
        try {
            if (Boolean.getBoolean("rewrite")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, text);
            }
            assertThat(Files.readString(path)).isEqualTo(text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
