package dev.tom.bench.side;

import dev.tom.bench.wire.Loop;
import dev.tom.bench.wire.Mark;
import dev.tom.bench.wire.Peer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The provider's process: speaks the GA shape of the Realtime API below {@code /v1/realtime}, and bare binary frames below {@code /raw}
 * for the relay, with the same turns, the same answers and as many messages.
 */
public final class Provider implements Control.Side {

    /**
     * What it answers.
     *
     * @param answerFrames length of an answer
     * @param headFrames what it sends at once; the rest goes out as it is spoken
     * @param silenceFrames so much silence ends the caller's turn
     * @param thinkFrames until the answer begins
     */
    public record Script(int answerFrames, int headFrames, int silenceFrames, int thinkFrames) {}

    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final Script script;
    private final Loop loop;
    private final List<Conversation> conversations = new ArrayList<>();
    private final Tally up = new Tally();
    private final Tally late = new Tally();
    private boolean measuring;
    private long received;
    private long lost;
    private long repeated;
    private long foreign;
    private long unmarked;
    private long answers;
    private long malformed;
    private long deadlineNanos = NO_DEADLINE;

    private Provider(Script script) {
        this.script = script;
        loop = new Loop(this::beat);
    }

    /** Runs until standard input ends. */
    public static void run(Script script) {
        Provider provider = new Provider(script);
        int port = provider.loop.listen(provider::accept);
        Control control = new Control(provider.loop, provider);
        control.say(new JsonObject().put("port", port));
        control.start();
        provider.loop.run();
    }

    private Peer.Listener accept(Peer peer) {
        Conversation conversation = new Conversation(this, peer, conversations.size());
        conversations.add(conversation);
        return conversation;
    }

    Script script() {
        return script;
    }

    /** A frame of the caller came, with this mark. */
    void heard(Mark mark, boolean newCall, int missing) {
        if (measuring) {
            up.nanos(System.nanoTime() - mark.sentNanos);
            received++;
            lost += Math.max(0, missing);
            repeated += missing < 0 ? 1 : 0;
            foreign += newCall ? 1 : 0;
        }
    }

    void heardWithoutMark() {
        unmarked += measuring ? 1 : 0;
    }

    void answered() {
        answers += measuring ? 1 : 0;
    }

    void malformed() {
        malformed++;
    }

    private void beat(long number, long dueNanos) {
        if (measuring) {
            late.nanos(System.nanoTime() - dueNanos);
        }
        int step = Mark.FRAME_MILLIS;
        for (int i = (int) (number % step); i < conversations.size(); i += step) {
            conversations.get(i).frameTime();
        }
    }

    @Override
    public JsonObject told(String word, String argument) {
        switch (word) {
            case "begin" -> begin();
            case "deadline" -> {
                // Told in the wall clock; what is compared is the monotonic one.
                long ahead = Long.parseLong(argument) - System.currentTimeMillis();
                deadlineNanos = System.nanoTime() + ahead * 1_000_000;
            }
            default -> {
                // "end" asks for the figures, like every word
            }
        }
        JsonObject figures = figures();
        measuring = !"end".equals(word) && measuring;
        return figures;
    }

    private void begin() {
        up.clear();
        late.clear();
        received = 0;
        lost = 0;
        repeated = 0;
        foreign = 0;
        unmarked = 0;
        answers = 0;
        measuring = true;
    }

    private JsonObject figures() {
        JsonObject figures = new JsonObject()
                .put("up", up.toJson())
                .put("late", late.toJson())
                .put("received", received)
                .put("lost", lost)
                .put("repeated", repeated)
                .put("foreign", foreign)
                .put("unmarked", unmarked)
                .put("answers", answers)
                .put("malformed", malformed)
                .put("open", conversations.stream().filter(Conversation::isOpen).count());
        return deadlineNanos == NO_DEADLINE ? figures : figures.put("deadline", afterDeadline());
    }

    /** Of each socket that was open at the deadline or later: when its last byte came and when it closed, in ms after the deadline. */
    private JsonObject afterDeadline() {
        JsonArray lastBytes = new JsonArray();
        JsonArray closes = new JsonArray();
        for (Conversation conversation : conversations) {
            if (conversation.calledBy() >= 0) {
                lastBytes.add((conversation.lastReadNanos() - deadlineNanos) / 1e6);
                if (!conversation.isOpen()) {
                    closes.add((conversation.closedNanos() - deadlineNanos) / 1e6);
                }
            }
        }
        return new JsonObject().put("lastByte", lastBytes).put("closed", closes);
    }
}
