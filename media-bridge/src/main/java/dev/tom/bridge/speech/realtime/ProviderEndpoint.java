package dev.tom.bridge.speech.realtime;

import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where and with which headers a session is opened. Pure. */
final class ProviderEndpoint {

    private static final String AZURE = ".openai.azure.com";

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
        return isAzure(url)
                ? request.addHeader("api-key", settings.apiKey())
                : request.addHeader("Authorization", "Bearer " + settings.apiKey());
    }

    private static String path(URI url, String model) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : url.getRawQuery() + "&";
        return path + "?" + query + "model=" + URLEncoder.encode(model, StandardCharsets.UTF_8);
    }

    private static boolean isAzure(URI url) {
        return url.getHost() != null && url.getHost().toLowerCase(Locale.ROOT).endsWith(AZURE);
    }
}
