package dev.tom.operator.window;

import java.util.Optional;

/**
 * By which means the way to the provider is opened, and why.
 *
 * @param means what the window uses
 * @param fact condition {@link FactType#EGRESS_MODE_SELECTED}; its reason tells the means, so that the status remembers it
 */
public record EgressChoice(EgressMeans means, Fact fact) {

    /**
     * What a spec asks for.
     *
     * @param mode empty: auto
     * @param cidrs whether it names address ranges of the provider
     * @param target the provider as host:port
     * @param encrypted whether the provider is spoken to by TLS, without which no proxy may be used
     */
    public record Wish(Optional<EgressMeans> mode, boolean cidrs, String target, boolean encrypted) {}

    /**
     * What there is to choose from.
     *
     * @param cilium whether the cluster serves {@code cilium.io/v2}
     * @param gatewayImage whether an image of the gateway is known, from the spec or from the operator's settings
     */
    public record Offer(boolean cilium, boolean gatewayImage) {}

    /** A window that has no provider. */
    public static final EgressChoice NONE = new EgressChoice(
            EgressMeans.NETWORK_POLICY,
            Fact.no(FactType.EGRESS_MODE_SELECTED, Reason.LOCAL_BACKEND, "No provider is named: no egress is needed."));

    /**
     * The choice: what the spec says, or else the narrowest that there is.
     *
     * @param kept the choice of a window that has opened, which never changes
     */
    public static EgressChoice of(Wish wish, Offer offer, Optional<EgressMeans> kept) {
        EgressChoice fresh = fresh(wish, offer);
        return kept.filter(means -> means != fresh.means() || fresh.missing().isPresent())
                .map(means -> chosen(means, wish, "the window has opened with it"))
                .orElse(fresh);
    }

    private static EgressChoice fresh(Wish wish, Offer offer) {
        if (wish.mode().isPresent()) {
            return asked(wish.mode().get(), wish, offer);
        }
        if (offer.cilium() && !wish.cidrs()) {
            return chosen(EgressMeans.CILIUM, wish, "auto chose it, because the cluster serves cilium.io/v2");
        }
        if (wish.cidrs()) {
            return chosen(EgressMeans.NETWORK_POLICY, wish, "auto chose it, because cidrs are given");
        }
        if (offer.gatewayImage() && wish.encrypted()) {
            return chosen(EgressMeans.GATEWAY, wish, "auto chose it, because an image of the gateway is configured");
        }
        return chosen(EgressMeans.NETWORK_POLICY, wish, "auto chose it, because nothing narrower is there");
    }

    private static EgressChoice asked(EgressMeans means, Wish wish, Offer offer) {
        return switch (means) {
            case NETWORK_POLICY -> chosen(means, wish, "the spec asks for it");
            case CILIUM ->
                offer.cilium()
                        ? chosen(means, wish, "the spec asks for it")
                        : unsupported(
                                means,
                                "spec.provider.egress.mode is Cilium, but the cluster does not serve cilium.io/v2: install Cilium,"
                                        + " or set the mode to Gateway or NetworkPolicy.");
            case GATEWAY ->
                offer.gatewayImage()
                        ? chosen(means, wish, "the spec asks for it")
                        : unsupported(
                                means,
                                "spec.provider.egress.mode is Gateway, but no image is known: set spec.provider.egress.gateway.image,"
                                        + " or the chart's gatewayImage.repository.");
        };
    }

    private static EgressChoice chosen(EgressMeans means, Wish wish, String why) {
        String head = "Mode " + means.text() + " (" + why + "): ";
        return switch (means) {
            case CILIUM ->
                new EgressChoice(
                        means,
                        yes(
                                Reason.CILIUM_SELECTED,
                                head + "while egress is open, bridges can reach " + wish.target() + "."));
            case GATEWAY ->
                new EgressChoice(
                        means,
                        yes(
                                Reason.GATEWAY_SELECTED,
                                head + "while egress is open, bridges can reach a proxy that leads to " + wish.target()
                                        + " and nowhere else."));
            case NETWORK_POLICY ->
                wish.cidrs()
                        ? new EgressChoice(
                                means,
                                yes(
                                        Reason.ADDRESS_RANGES_SELECTED,
                                        head
                                                + "while egress is open, bridges can reach the ranges in cidrs on the port of "
                                                + wish.target() + "."))
                        : new EgressChoice(
                                means,
                                yes(
                                        Reason.ANY_PUBLIC_ADDRESS_SELECTED,
                                        head + "while egress is open, bridges can reach any public host on the port of "
                                                + wish.target()
                                                + "; to narrow it, set mode Gateway, or give the provider's ranges in cidrs."));
        };
    }

    private static Fact yes(Reason reason, String message) {
        return Fact.yes(FactType.EGRESS_MODE_SELECTED, reason, message);
    }

    private static EgressChoice unsupported(EgressMeans means, String message) {
        return new EgressChoice(means, Fact.no(FactType.EGRESS_MODE_SELECTED, Reason.EGRESS_MODE_UNSUPPORTED, message));
    }

    /** What is missing before egress can be opened in this way. */
    public Optional<Finding> missing() {
        return fact.reason() == Reason.EGRESS_MODE_UNSUPPORTED
                ? Optional.of(new Finding(fact.reason(), fact.message()))
                : Optional.empty();
    }

    /**
     * What a window goes on with, whatever is installed or set meanwhile; empty: it has not opened, and its means may still change.
     *
     * @param leased whether bridges have a lease
     * @param existing what there is in the cluster: it counts where the operator died before the status could say so
     */
    public static Optional<EgressMeans> kept(WindowHistory history, boolean leased, Optional<EgressMeans> existing) {
        if (history.openedAt().isEmpty() && !leased) {
            return Optional.empty();
        }
        // Windows of a time before this condition had nothing else.
        return remembered(history).or(() -> existing).or(() -> Optional.of(EgressMeans.NETWORK_POLICY));
    }

    private static Optional<EgressMeans> remembered(WindowHistory history) {
        return Optional.ofNullable(history.facts().get(FactType.EGRESS_MODE_SELECTED))
                .flatMap(fact -> switch (fact.reason()) {
                    case CILIUM_SELECTED -> Optional.of(EgressMeans.CILIUM);
                    case GATEWAY_SELECTED -> Optional.of(EgressMeans.GATEWAY);
                    case ADDRESS_RANGES_SELECTED, ANY_PUBLIC_ADDRESS_SELECTED ->
                        Optional.of(EgressMeans.NETWORK_POLICY);
                    default -> Optional.empty();
                });
    }
}
