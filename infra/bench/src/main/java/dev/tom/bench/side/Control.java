package dev.tom.bench.side;

import dev.tom.bench.wire.Loop;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * How a side is told what to do: one word and its argument a line on standard input, one JSON object a line on standard output. A side
 * whose input ends, ends.
 */
final class Control implements Runnable {

    /** What a side does on a word; on its loop. */
    interface Side {
        /** @return the answer, one line */
        JsonObject told(String word, String argument);
    }

    private final Loop loop;
    private final Side side;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    Control(Loop loop, Side side) {
        this.loop = loop;
        this.side = side;
    }

    /** Says something unasked. */
    void say(JsonObject line) {
        out.println(line.encode());
    }

    void start() {
        Thread.ofPlatform().daemon().name("control").start(this);
    }

    @Override
    public void run() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String told = line.strip();
                int blank = told.indexOf(' ');
                String word = blank < 0 ? told : told.substring(0, blank);
                String argument = blank < 0 ? "" : told.substring(blank + 1);
                loop.post(() -> say(side.told(word, argument)));
            }
        } catch (IOException e) {
            // the parent is gone
        }
        loop.stop();
    }
}
