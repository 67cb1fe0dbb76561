package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the network path to the provider is opened and closed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.mode != 'Cilium' || !has(self.cidrs) || self.cidrs.size() == 0",
        message =
                "cidrs have no meaning in mode Cilium, which opens egress by host name: remove cidrs, or set mode to NetworkPolicy")
@ValidationRule(
        value = "!has(self.gateway) || self.mode == 'Gateway' || self.mode == 'auto'",
        message = "gateway has no meaning in this mode, which starts no proxy: remove gateway, or set mode to Gateway")
public record Egress(
        @JsonPropertyDescription(
                "By what the path is opened: NetworkPolicy (addresses), Cilium (the provider's host name), Gateway (a proxy that "
                        + "leads to the provider's host only, and lives as long as the window). auto chooses the narrowest that "
                        + "the cluster has; condition EgressModeSelected says which and why.")
        @Default("auto")
        EgressMode mode,

        @JsonPropertyDescription(
                "Address ranges of the provider, in modes NetworkPolicy and Gateway; empty: any public address.")
        @ValidationRule(
                value = "self.all(c, isCIDR(c))",
                message = "cidrs must be address ranges such as 203.0.113.0/24 or 2001:db8::/32")
        List<String> cidrs,

        @JsonPropertyDescription("The proxy of mode Gateway.") @Nullable
        Gateway gateway) {

    /** Chosen by what the cluster has, any public address. */
    public static final Egress DEFAULT = new Egress(EgressMode.AUTO, List.of(), null);

    public Egress {
        mode = requireNonNullElse(mode, EgressMode.AUTO);
        cidrs = List.copyOf(requireNonNullElse(cidrs, List.of()));
    }
}
