package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the provider may be used. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Schedule(
        @JsonPropertyDescription("Beginning, RFC 3339, a whole second; left out: when the TestWindow was created.")
        @ValidationRule(
                value = "self.getMilliseconds() == 0",
                message = "start must be a whole second: write it without fractions, such as 2026-12-01T08:00:00Z")
        @Nullable
        Instant start,

        @JsonPropertyDescription("Length in seconds, from one minute to one day. May change while the window is open.")
        @Required
        @ValidationRule(
                value = "self >= 60 && self <= 86400",
                message =
                        "durationSeconds must be from 60 (one minute) to 86400 (one day): for more time, create a second "
                                + "TestWindow that starts when this one ends")
        Integer durationSeconds) {}
