package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Provider;

/** The provider as people write it: host and port. */
public final class ProviderTarget {

    private ProviderTarget() {}

    /** Such as {@code api.openai.com:443}. */
    public static String of(Provider provider) {
        Endpoint endpoint = Endpoint.of(provider.url());
        return endpoint.host().map(Endpoint::plain).orElse("?") + ":" + endpoint.port();
    }
}
