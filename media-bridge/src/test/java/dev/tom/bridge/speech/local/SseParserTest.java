package dev.tom.bridge.speech.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseParserTest {

    private static final String STREAM =
            ": hello\n\ndata: {\"a\":\"schön\"}\n\nevent: x\ndata:eins\ndata: zwei\n\r\nid: 1\r\n\r\ndata: [DONE]\n\n";

    @Test
    void anyCutOfTheBytesGivesTheSameEvents() {
        Buffer bytes = Buffer.buffer(STREAM);
        for (int size = 1; size <= bytes.length(); size++) {
            SseParser parser = new SseParser();
            List<String> events = new ArrayList<>();
            for (int at = 0; at < bytes.length(); at += size) {
                events.addAll(parser.feed(bytes.slice(at, Math.min(bytes.length(), at + size))));
            }
            assertThat(events).as("pieces of %d", size).containsExactly("{\"a\":\"schön\"}", "eins\nzwei", "[DONE]");
        }
    }

    @Test
    void carriageReturnsEndLinesAlone() {
        assertThat(new SseParser().feed(Buffer.buffer("data: a\r\rdata: b\r\n\r\n")))
                .containsExactly("a", "b");
    }

    @Test
    void anUnfinishedEventIsNotGiven() {
        assertThat(new SseParser().feed(Buffer.buffer("data: a\n"))).isEmpty();
    }

    @Test
    void aLineWithoutEndIsRefused() {
        Buffer flood = Buffer.buffer("x".repeat(SseParser.MAX_EVENT + 1));
        assertThatThrownBy(() -> new SseParser().feed(flood)).isInstanceOf(IllegalStateException.class);
    }
}
