package dev.tom.bridge.cost.tariff;

/** A tariff file cannot be used; the message is one sentence. */
public final class TariffException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TariffException(String sentence) {
        super(sentence);
    }
}
