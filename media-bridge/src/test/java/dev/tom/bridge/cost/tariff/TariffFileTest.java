package dev.tom.bridge.cost.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffFileTest {

    private static final String PRICES = """
            "usdPerMillionTokens":{"m":{"textInput":4,"textCached":0.4,"textOutput":24,
                                        "audioInput":32,"audioCached":0.4,"audioOutput":64}},
            "usdTranscription":{"w":{"perMinute":0.017},"t":{"perMillionInput":1,"perMillionOutput":3}},
            "localEurPerHour":{"stt":0,"llm":0,"tts":0}
            """;

    @Test
    void theStartOfASegmentPicksTheVersion() {
        Tariff tariff = versions(
                version("b", "\"validFrom\":\"2027-01-01\",\"validUntil\":\"2027-06-30T22:00:00Z\",", "0.9"),
                version("a", "\"validUntil\":\"2027-01-01\",", "0.8"));
        assertThat(idAt(tariff, "2020-01-01T00:00:00Z")).contains("a");
        assertThat(idAt(tariff, "2026-12-31T23:59:59.999999Z")).contains("a");
        assertThat(idAt(tariff, "2027-01-01T00:00:00Z")).contains("b");
        assertThat(idAt(tariff, "2027-06-30T21:59:59Z")).contains("b");
        assertThat(idAt(tariff, "2027-06-30T22:00:00Z")).isEmpty();
    }

    @Test
    void aVersionHasARateOfItsOwnAndItsDate() {
        TariffVersion version = versions(version("a", "\"eurRateDate\":\"2026-11-30\",", "0.91"))
                .at(Instant.EPOCH)
                .orElseThrow();
        assertThat(version.eurPerUsd()).isEqualByComparingTo("0.91");
        assertThat(version.rateDate()).contains(LocalDate.of(2026, 11, 30));
        assertThat(version.transcription())
                .containsEntry("w", new TranscriptionPrice(BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("0.017")))
                .containsEntry("t", new TranscriptionPrice(BigDecimal.ONE, BigDecimal.valueOf(3), BigDecimal.ZERO));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id":"t","eurPerUsd":1} | usdPerMillionTokens must be an object: see the built-in tariff for its shape
            {"id":"t","eurPerUsd":-1} | eurPerUsd must be a number, 0 or more
            {"id":" "} | id must be a name: records carry it
            {"id":"t","eurPerUsd":1,"usdPerMillionTokens":{"a.b":{"textInput":"4"}}} | usdPerMillionTokens["a.b"].textInput must be a number, 0 or more
            {"id":"t","eurPerUsd":1,"usdPerMillionTokens":{"m":4}} | usdPerMillionTokens["m"] must be an object of prices
            {"id":"t","eurPerUsd":1,"usdPerMillionTokens":{},"usdTranscription":{"w":{"perMinute":true}}} | usdTranscription["w"].perMinute must be a number, 0 or more
            {"id":"t","eurPerUsd":1,"usdPerMillionTokens":{},"localEurPerHour":{}} | localEurPerHour.stt must be a number, 0 or more
            {"validFrom":"1.12.2026"} | validFrom must be a day such as 2026-12-01, or a moment such as 2026-12-01T08:00:00Z
            {"validFrom":"2026-12-01","validUntil":"2026-12-01"} | validUntil must be later than validFrom
            {"eurRateDate":20261201} | eurRateDate must be a day such as 2026-12-01
            {"versions":{}} | versions must be a list of at least one version
            {"versions":["2026"]} | versions[0] must be an object with id, prices and dates
            {"versions":[{"id":"t","eurPerUsd":null}]} | versions[0].eurPerUsd must be a number, 0 or more
            """)
    void aComplaintNamesTheFileThePlaceAndWhatToDo(String text, String complaint) {
        assertThatThrownBy(() -> TariffFile.parse(text, "prices.json"))
                .isInstanceOf(TariffException.class)
                .hasMessage("The tariff prices.json cannot be used: " + complaint);
    }

    @Test
    void whatIsNotJsonSaysSo() {
        assertThatThrownBy(() -> TariffFile.parse("{", "f")).hasMessageStartingWith("The tariff f is not JSON: ");
    }

    @Test
    void twoPricesForOneMomentAreRefused() {
        assertThatThrownBy(() -> versions(
                        version("a", "\"validUntil\":\"2027-01-02\",", "1"),
                        version("b", "\"validFrom\":\"2027-01-01\",", "1")))
                .hasMessageContaining("versions has two prices for one moment: let a end (validUntil) when b begins");
        assertThatThrownBy(() -> versions(
                        version("a", "\"validUntil\":\"2027-01-01\",", "1"),
                        version("a", "\"validFrom\":\"2027-01-01\",", "1")))
                .hasMessageContaining("names a twice");
    }

    private static Optional<String> idAt(Tariff tariff, String moment) {
        return tariff.at(Instant.parse(moment)).map(TariffVersion::id);
    }

    private static Tariff versions(String... versions) {
        return TariffFile.parse("{\"versions\":[" + String.join(",", versions) + "]}", "f");
    }

    private static String version(String id, String dates, String rate) {
        return "{\"id\":\"" + id + "\"," + dates + "\"eurPerUsd\":" + rate + "," + PRICES + "}";
    }
}
