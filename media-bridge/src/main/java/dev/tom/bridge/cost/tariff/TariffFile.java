package dev.tom.bridge.cost.tariff;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a tariff file: either one version, or {@code versions}, each with {@code validFrom} and {@code validUntil} (UTC; a day means its
 * first moment; left out: without limit). Pure. Every complaint names the file, the place in it and what to do.
 */
final class TariffFile {

    private final String source;

    private TariffFile(String source) {
        this.source = source;
    }

    /** @throws TariffException with one sentence */
    static Tariff parse(String text, String source) {
        var file = new TariffFile(source);
        JsonObject json;
        try {
            json = new JsonObject(text);
        } catch (DecodeException e) {
            throw new TariffException("The tariff " + source + " is not JSON: " + firstLine(e));
        }
        List<TariffVersion> versions = new ArrayList<>();
        if (json.containsKey("versions")) {
            JsonArray list = json.getValue("versions") instanceof JsonArray array ? array : new JsonArray();
            for (int i = 0; i < list.size(); i++) {
                var place = new Place(file, "versions[" + i + "]");
                versions.add(
                        list.getValue(i) instanceof JsonObject version
                                ? version(version, place)
                                : place.complains("must be an object with id, prices and dates"));
            }
            if (versions.isEmpty()) {
                throw file.problem("versions", "must be a list of at least one version");
            }
        } else {
            versions.add(version(json, new Place(file, "")));
        }
        file.checkThatOneFollowsTheOther(versions);
        return new Tariff(versions);
    }

    private void checkThatOneFollowsTheOther(List<TariffVersion> versions) {
        versions.sort(Comparator.comparing(TariffVersion::from));
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            TariffVersion version = versions.get(i);
            if (!ids.add(version.id())) {
                throw problem("versions", "names " + version.id() + " twice: give each version an id of its own");
            }
            if (i > 0 && versions.get(i - 1).until().isAfter(version.from())) {
                throw problem(
                        "versions",
                        "has two prices for one moment: let "
                                + versions.get(i - 1).id() + " end (validUntil) when " + version.id()
                                + " begins, or before");
            }
        }
    }

    private static TariffVersion version(JsonObject json, Place place) {
        Instant from = place.moment(json, "validFrom", Instant.MIN);
        Instant until = place.moment(json, "validUntil", Instant.MAX);
        if (!from.isBefore(until)) {
            place.at("validUntil").complains("must be later than validFrom");
        }
        Optional<LocalDate> rateDate = Optional.ofNullable(json.getValue("eurRateDate"))
                .map(value -> place.at("eurRateDate").day(value));
        return new TariffVersion(
                place.name(json, "id"),
                from,
                until,
                place.amount(json, "eurPerUsd"),
                rateDate,
                place.each(json, "usdPerMillionTokens", TariffFile::tokens),
                json.containsKey("usdTranscription")
                        ? place.each(json, "usdTranscription", TariffFile::transcription)
                        : Map.of(),
                engines(place.object(json, "localEurPerHour"), place.at("localEurPerHour")));
    }

    private static Prices.Tokens tokens(JsonObject price, Place place) {
        return new Prices.Tokens(
                place.amount(price, "textInput"),
                place.amount(price, "textCached"),
                place.amount(price, "textOutput"),
                place.amount(price, "audioInput"),
                place.amount(price, "audioCached"),
                place.amount(price, "audioOutput"));
    }

    private static TranscriptionPrice transcription(JsonObject price, Place place) {
        return price.containsKey("perMinute")
                ? new TranscriptionPrice(BigDecimal.ZERO, BigDecimal.ZERO, place.amount(price, "perMinute"))
                : new TranscriptionPrice(
                        place.amount(price, "perMillionInput"),
                        place.amount(price, "perMillionOutput"),
                        BigDecimal.ZERO);
    }

    private static Prices.Engines engines(JsonObject hour, Place place) {
        return new Prices.Engines(place.amount(hour, "stt"), place.amount(hour, "llm"), place.amount(hour, "tts"));
    }

    private TariffException problem(String path, String what) {
        return new TariffException("The tariff " + source + " cannot be used: " + path + " " + what);
    }

    private static String firstLine(DecodeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Reads one value. */
    @FunctionalInterface
    private interface Reader<P> {
        P read(JsonObject json, Place place);
    }

    /** A place in the file, as a complaint names it. */
    private record Place(TariffFile file, String path) {

        Place at(String key) {
            return new Place(file, path.isEmpty() ? key : path + "." + key);
        }

        <T> T complains(String what) {
            throw file.problem(path, what);
        }

        JsonObject object(JsonObject json, String key) {
            return json.getValue(key) instanceof JsonObject object
                    ? object
                    : at(key).complains("must be an object: see the built-in tariff for its shape");
        }

        String name(JsonObject json, String key) {
            return json.getValue(key) instanceof String name && !name.isBlank()
                    ? name
                    : at(key).complains("must be a name: records carry it");
        }

        BigDecimal amount(JsonObject json, String key) {
            if (json.getValue(key) instanceof Number number) {
                var amount = new BigDecimal(number.toString());
                if (amount.signum() >= 0) {
                    return amount;
                }
            }
            return at(key).complains("must be a number, 0 or more");
        }

        <P> Map<String, P> each(JsonObject json, String key, Reader<P> reader) {
            JsonObject all = object(json, key);
            Map<String, P> read = new LinkedHashMap<>();
            for (String name : all.fieldNames()) {
                Place place = new Place(file, at(key).path + "[\"" + name + "\"]");
                read.put(
                        name,
                        all.getValue(name) instanceof JsonObject price
                                ? reader.read(price, place)
                                : place.complains("must be an object of prices"));
            }
            return read;
        }

        Instant moment(JsonObject json, String key, Instant otherwise) {
            Object value = json.getValue(key);
            if (value == null) {
                return otherwise;
            }
            Function<String, Instant> parse = text -> text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return at(key).parsed(value, parse);
        }

        LocalDate day(Object value) {
            return parsed(value, LocalDate::parse);
        }

        private <T> T parsed(Object value, Function<String, T> parse) {
            try {
                if (value instanceof String text) {
                    return parse.apply(text);
                }
            } catch (DateTimeException e) {
                // said below
            }
            return complains("must be a day such as 2026-12-01"
                    + (path.endsWith("Date") ? "" : ", or a moment such as 2026-12-01T08:00:00Z"));
        }
    }
}
