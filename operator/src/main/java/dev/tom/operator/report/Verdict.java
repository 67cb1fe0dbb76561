package dev.tom.operator.report;

/** What to do with the provider, in a word. */
public enum Verdict {
    PROVIDER_FIRST("ProviderFirst", "provider first"),
    FALLBACK_ONLY("FallbackOnly", "fallback only"),
    TOO_FEW_CALLS("TooFewCalls", "too few calls to say");

    private final String word;
    private final String text;

    Verdict(String word, String text) {
        this.word = word;
        this.text = text;
    }

    /** As it stands in the status and in report.json, for programs. */
    public String word() {
        return word;
    }

    /** As people say it. */
    public String text() {
        return text;
    }
}
