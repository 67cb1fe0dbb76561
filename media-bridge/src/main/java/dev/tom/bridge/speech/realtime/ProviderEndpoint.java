package dev.tom.bridge.speech.realtime;

import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Where and with which headers a session is opened. Pure. */
final class ProviderEndpoint {

    private static final List<String> AZURE =
            List.of(".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com");

    /** Azure's earlier address, which names a deployment where the others name a model. */
    private static final String BY_DEPLOYMENT = "/openai/realtime";

    private ProviderEndpoint() {}

    /** The upgrade request: the model in the query, the key in the header the host wants, never a beta header. */
    static WebSocketConnectOptions request(RealtimeSettings settings) {
        URI url = settings.url();
        boolean secure = "wss".equals(url.getScheme());
        WebSocketConnectOptions request = new WebSocketConnectOptions();
        request.setHost(url.getHost())
                .setPort(url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80)
                .setSsl(secure)
                .setURI(path(url, settings.model()));
        request.setAllowOriginHeader(false);
        return wantsApiKey(settings)
                ? request.addHeader("api-key", settings.apiKey())
                : request.addHeader("Authorization", "Bearer " + settings.apiKey());
    }

    private static String path(URI url, String model) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        if (query.startsWith("deployment=") || query.contains("&deployment=")) {
            return path + "?" + query;
        }
        String name = path.equals(BY_DEPLOYMENT) ? "deployment=" : "model=";
        return path + "?" + (query.isEmpty() ? "" : query + "&") + name
                + URLEncoder.encode(model, StandardCharsets.UTF_8);
    }

    private static boolean wantsApiKey(RealtimeSettings settings) {
        return switch (settings.authHeader()) {
            case BEARER -> false;
            case API_KEY -> true;
            case AUTO -> {
                String host = settings.url().getHost();
                yield host != null && AZURE.stream().anyMatch(host.toLowerCase(Locale.ROOT)::endsWith);
            }
        };
    }
}
