package dev.tom.bench.side;

import dev.tom.bench.wire.Loop;
import dev.tom.bench.wire.Mark;
import dev.tom.bench.wire.Sound;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The callers' process: so many telephone legs of {@code mod_audio_fork} at 8 kHz, each with 20 ms frames of its own phase. */
public final class Callers implements Control.Side {

    /** What callers do. */
    public enum Manner {
        /** Speak for 1.2 s in each cycle and listen for the rest of it. */
        TALK,
        /** Speak into each answer, and listen to the next one. */
        INTERRUPT,
        /** Ask the provider in mid-answer to cut the connection, and wait for the local answer. */
        CUT
    }

    /**
     * Whom they call and how.
     *
     * @param port of the telephone sockets on loopback
     * @param path with its query
     * @param authorization header value; empty: none
     * @param calls how many, at most 65535
     * @param manner what they do
     * @param cycleFrames length of a turn with its answer, for {@link Manner#TALK}
     * @param answerFrames length of a whole answer
     * @param lifeSeconds a call is hung up after about so long and another one begins; 0: it stays
     */
    public record Script(
            int port,
            String path,
            String authorization,
            int calls,
            Manner manner,
            int cycleFrames,
            int answerFrames,
            int lifeSeconds) {}

    /** The first few come slowly, into a JVM that has compiled nothing yet; a bridge of an hour's age is what is measured. */
    private static final int SLOW_CALLS = 5;

    private static final int SLOW_EVERY_MILLIS = 500;
    private static final int CONNECT_EVERY_MILLIS = 50;

    private final Script script;
    private final Loop loop;
    private final Heard heard = new Heard();
    private final List<Phone> phones = new ArrayList<>();
    private final byte[] voice = Sound.pcmFrame(Sound.CALLER);
    private final byte[] quiet = Sound.quietFrame();

    private Callers(Script script) {
        this.script = script;
        loop = new Loop(this::beat);
    }

    /** Runs until standard input ends. */
    public static void run(Script script) {
        Callers callers = new Callers(script);
        Control control = new Control(callers.loop, callers);
        control.start();
        callers.loop.run();
    }

    Script script() {
        return script;
    }

    Heard heard() {
        return heard;
    }

    /** A frame to be sent, shared: its mark is written next. */
    byte[] frame(boolean voiced) {
        return voiced ? voice : quiet;
    }

    private void beat(long number, long dueNanos) {
        int every = phones.size() < SLOW_CALLS ? SLOW_EVERY_MILLIS : CONNECT_EVERY_MILLIS;
        if (number % every == 0 && phones.size() < script.calls()) {
            phones.add(new Phone(this, loop, phones.size()));
        }
        for (int i = (int) (number % Mark.FRAME_MILLIS); i < phones.size(); i += Mark.FRAME_MILLIS) {
            heard.late(System.nanoTime() - dueNanos);
            phones.get(i).frameTime();
        }
    }

    @Override
    public JsonObject told(String word, String argument) {
        switch (word) {
            case "begin" -> {
                heard.begin();
                phones.forEach(Phone::begin);
            }
            case "mark" -> phones.forEach(Phone::forgetLocal);
            case "hangup" -> phones.forEach(Phone::hangUp);
            default -> {
                // every word asks for the figures
            }
        }
        JsonObject figures = heard.toJson()
                .put("open", phones.stream().filter(Phone::isOpen).count())
                .put("answered", phones.stream().filter(Phone::answered).count())
                .put("local", phones.stream().filter(Phone::local).count())
                .put("done", phones.stream().filter(Phone::done).count())
                .put("first refusal", heard.firstRefusal());
        if ("end".equals(word)) {
            heard.end();
        }
        return figures;
    }
}
