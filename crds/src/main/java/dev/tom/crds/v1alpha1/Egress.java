package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How the network path to the provider is opened and closed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.mode != 'Cilium' || !has(self.cidrs) || self.cidrs.size() == 0",
        message =
                "cidrs have no meaning in mode Cilium, which opens egress by host name: remove cidrs, or set mode to NetworkPolicy")
public record Egress(
        @JsonPropertyDescription("auto chooses what the cluster serves.") @Default("auto")
        EgressMode mode,

        @JsonPropertyDescription("Address ranges of the provider, in NetworkPolicy mode; empty: any public address.")
        @ValidationRule(
                value = "self.all(c, isCIDR(c))",
                message = "cidrs must be address ranges such as 203.0.113.0/24 or 2001:db8::/32")
        List<String> cidrs) {

    /** Chosen by what the cluster serves, any public address. */
    public static final Egress DEFAULT = new Egress(EgressMode.AUTO, List.of());

    public Egress {
        mode = requireNonNullElse(mode, EgressMode.AUTO);
        cidrs = List.copyOf(requireNonNullElse(cidrs, List.of()));
    }
}
