package dev.tom.operator.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tom.operator.window.BridgeChecks;
import dev.tom.operator.window.BridgeChecks.Said;
import dev.tom.operator.window.Truth;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a bridge says about what it stands on. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PreflightStatus(Part local, Part models, Part costLog, Part provider) {

    /** It says nothing. */
    public static final PreflightStatus NOTHING =
            new PreflightStatus(Part.NOTHING, Part.NOTHING, Part.NOTHING, Part.NOTHING);

    public PreflightStatus {
        local = Objects.requireNonNullElse(local, Part.NOTHING);
        models = Objects.requireNonNullElse(models, Part.NOTHING);
        costLog = Objects.requireNonNullElse(costLog, Part.NOTHING);
        provider = Objects.requireNonNullElse(provider, Part.NOTHING);
    }

    BridgeChecks said() {
        return new BridgeChecks(local.said(), models.said(), costLog.said(), provider.said());
    }

    /**
     * One part of it.
     *
     * @param ok whether it is as it should be; null: not known yet
     * @param sentence why not, and what to do
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Part(@Nullable Boolean ok, String sentence) {

        static final Part NOTHING = new Part(null, "The bridge says nothing about it: it is older than this operator.");

        /** A condition is read by people. */
        private static final int MAX_SENTENCE = 400;

        public Part {
            String text = Objects.requireNonNullElse(sentence, "");
            sentence = text.length() <= MAX_SENTENCE ? text : text.substring(0, MAX_SENTENCE);
        }

        Said said() {
            Truth truth = ok == null ? Truth.UNKNOWN : ok ? Truth.TRUE : Truth.FALSE;
            return new Said(truth, sentence);
        }
    }
}
