package dev.tom.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** What happens, as it happens: one line each with the seconds since the start. Thread-safe. */
final class Timeline {

    private final PrintStream out;
    private final InstantSource clock;
    private final boolean colours;
    private final Instant start;

    Timeline(PrintStream out, InstantSource clock, boolean colours) {
        this.out = out;
        this.clock = clock;
        this.colours = colours;
        this.start = clock.instant();
    }

    /** Who a line is about; sets its colour. */
    enum Actor {
        SETUP("setup", 90),
        OPERATOR("operator", 35),
        BRIDGE("bridge", 34),
        CALLER("caller", 32),
        ASSISTANT("answer", 36),
        PROVIDER("provider", 33),
        PROMISE("promise", 0);

        private final String label;
        private final int ansi;

        Actor(String label, int ansi) {
            this.label = label;
            this.ansi = ansi;
        }
    }

    /** A line about the whole. */
    void say(Actor actor, String text) {
        print(actor, "", text);
    }

    /** A line about one call. */
    void say(Actor actor, String call, String text) {
        print(actor, call, text);
    }

    /** A heading between the acts. */
    synchronized void act(String title) {
        out.println();
        out.println(colours ? "\u001b[1m" + title + "\u001b[0m" : title);
    }

    private synchronized void print(Actor actor, String call, String text) {
        double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
        String line = String.format(Locale.ROOT, "%7.2f s  %-8s %-6s %s", seconds, actor.label, call, text);
        out.println(colours ? "\u001b[" + actor.ansi + "m" + line + "\u001b[0m" : line);
    }
}
