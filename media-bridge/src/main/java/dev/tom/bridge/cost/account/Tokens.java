package dev.tom.bridge.cost.account;

/**
 * Provider tokens.
 *
 * @param input read, cached ones included
 * @param cached of these
 * @param output written and spoken
 */
public record Tokens(long input, long cached, long output) {

    public static final Tokens NONE = new Tokens(0, 0, 0);

    Tokens plus(Tokens more) {
        return new Tokens(input + more.input, cached + more.cached, output + more.output);
    }
}
