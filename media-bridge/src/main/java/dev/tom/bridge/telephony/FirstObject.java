package dev.tom.bridge.telephony;

/** Finds the JSON object a text begins with: the older module appends words to the metadata. */
final class FirstObject {

    private FirstObject() {}

    /** Index behind the object, or -1 when the text begins with none that is complete. */
    static int end(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
                continue;
            }
            switch (c) {
                case '"' -> quoted = true;
                case '{' -> depth++;
                case '}' -> {
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
                default -> {
                    if (depth == 0 && !Character.isWhitespace(c)) {
                        return -1;
                    }
                }
            }
            if (depth <= 0 && !Character.isWhitespace(c)) {
                return -1;
            }
        }
        return -1;
    }
}
