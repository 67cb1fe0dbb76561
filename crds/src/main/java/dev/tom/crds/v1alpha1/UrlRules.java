package dev.tom.crds.v1alpha1;

/**
 * What a URL may look like: what the API server lets in must be a URL for every reader behind it, so nothing is left to anyone's leniency.
 */
final class UrlRules {

    private static final String NAME =
            "([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?[.])*[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?[.]?";
    private static final String IPV4 = "[0-9]{1,3}([.][0-9]{1,3}){3}";
    private static final String IPV6 = "[\\\\[][0-9A-Fa-f:.]+[\\\\]]";
    private static final String PORT = "(:[1-9][0-9]{0,4})?";
    private static final String REST = "(/([A-Za-z0-9._~!$&()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$')";

    private static final String ANYWHERE = "(" + NAME + "|" + IPV4 + "|" + IPV6 + ")";
    private static final String LOOPBACK = "(localhost|127([.][0-9]{1,3}){3}|[\\\\[]::1[\\\\]])";

    /** wss anywhere, ws on loopback. */
    static final String PROVIDER =
            "self.matches('^wss://" + ANYWHERE + PORT + REST + " || self.matches('^ws://" + LOOPBACK + PORT + REST;

    static final String HTTP = "self.matches('^https?://" + ANYWHERE + PORT + REST;

    private UrlRules() {}
}
