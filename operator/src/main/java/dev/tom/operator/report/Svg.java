package dev.tom.operator.report;

import java.util.Locale;

/** Writes SVG elements; text is escaped, numbers have at most one decimal. Not thread-safe. */
final class Svg {

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height, String title) {
        raw("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n".formatted(width, height, escape(title)));
    }

    /** A rectangle that says something when it is pointed at. */
    Svg bar(String style, double x, double y, double width, double height, String saying) {
        return raw("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>\n"
                .formatted(style, number(x), number(y), number(width), number(height), escape(saying)));
    }

    Svg path(String style, String steps) {
        return raw("<path class=\"%s\" d=\"%s\"/>\n".formatted(style, steps));
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        return raw("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(style, number(x1), number(y1), number(x2), number(y2)));
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    Svg label(String anchor, double x, double y, String words) {
        return raw("<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
                .formatted(anchor, number(x), number(y), escape(words)));
    }

    String end() {
        return text + "</svg>\n";
    }

    private Svg raw(String element) {
        text.append(element);
        return this;
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Text for HTML and SVG, also inside quotes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
