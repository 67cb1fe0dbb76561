package dev.tom.operator.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts such that equal ones are one object: the objects of a thousand windows differ in few of theirs, and texts are half of what caches
 * hold. Remembers a bounded number, the latest of each hash. Thread-safe.
 */
final class SharedStrings extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1;

    /** Power of two; some ten times the different texts of one window. */
    private static final int REMEMBERED = 4_096;

    /** Longer ones are rarely equal. */
    private static final int MAX_LENGTH = 128;

    private final transient AtomicReferenceArray<@Nullable String> latest = new AtomicReferenceArray<>(REMEMBERED);

    SharedStrings() {
        super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = StringDeserializer.instance.deserialize(parser, context);
        return text == null || text.length() > MAX_LENGTH ? text : shared(text);
    }

    private String shared(String text) {
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & REMEMBERED - 1;
        String before = latest.get(place);
        if (text.equals(before)) {
            return before;
        }
        latest.set(place, text);
        return text;
    }
}
