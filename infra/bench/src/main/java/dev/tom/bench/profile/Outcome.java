package dev.tom.bench.profile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a profile found.
 *
 * @param profile its name
 * @param table for people
 * @param facts what has to hold on every machine; timings are no facts
 * @param figures everything, for programs
 */
public record Outcome(String profile, String table, List<Fact> facts, JsonObject figures) {

    /** Something that is so or is not, whatever the machine. */
    public record Fact(String sentence, boolean held) {

        static Fact none(String what, long count) {
            return new Fact(count + " " + what, count == 0);
        }

        static Fact all(String what, long count, long of) {
            return new Fact(count + " of " + of + " " + what, count >= of);
        }
    }

    public boolean held() {
        return facts.stream().allMatch(Fact::held);
    }

    public JsonObject toJson() {
        JsonArray told = new JsonArray();
        facts.forEach(
                fact -> told.add(new JsonObject().put("fact", fact.sentence()).put("held", fact.held())));
        return new JsonObject()
                .put("profile", profile)
                .put("held", held())
                .put("facts", told)
                .put("figures", figures);
    }

    public String text() {
        StringBuilder text = new StringBuilder("\n== " + profile + "\n\n" + table + "\n");
        facts.forEach(fact -> text.append(fact.held() ? "  held    " : "  BROKEN  ")
                .append(fact.sentence())
                .append('\n'));
        return text.toString();
    }
}
