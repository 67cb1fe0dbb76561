package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.speech.FailureReason;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.http.UpgradeRejectedException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What refusals, closes and error events mean. The provider publishes no list: the codes are those seen in the field. Pure. */
final class ProviderTrouble {

    /** The meaning of an error event. */
    sealed interface Meaning {
        /** The session is of no more use. */
        record Over(FailureReason reason) implements Meaning {}

        /** It counts against the provider, the session goes on. */
        record Counts(FailureReason reason) implements Meaning {}

        /** A race that both sides know how to live with. */
        record Benign() implements Meaning {}

        /** We sent what the protocol does not allow. */
        record OurFault() implements Meaning {}
    }

    private static final int UNAUTHORIZED_CLOSE = 3000;
    private static final int REFUSED_SHAPE_CLOSE = 4000;
    private static final Pattern KEY = Pattern.compile("sk-[\\w*-]+");

    private ProviderTrouble() {}

    /**
     * @param message what the provider says; only the race about the length of an answer is told by its words alone
     */
    static Meaning ofError(String type, String code, String message) {
        return message.contains("already shorter than") ? new Meaning.Benign() : ofError(type, code);
    }

    static Meaning ofError(String type, String code) {
        return switch (code.isEmpty() ? type : code) {
            case "invalid_api_key", "account_deactivated" -> new Meaning.Over(FailureReason.UNAUTHORIZED);
            case "insufficient_quota", "billing_hard_limit_reached" -> new Meaning.Over(FailureReason.NO_CREDIT);
            case "model_not_found", "beta_api_shape_disabled" -> new Meaning.Over(FailureReason.MISCONFIGURED);
            case "model_load_error" -> new Meaning.Over(FailureReason.BACKEND_ERROR);
            case "session_expired" -> new Meaning.Over(FailureReason.SESSION_EXPIRED);
            case "rate_limit_exceeded", "inference_rate_limit_exceeded" ->
                new Meaning.Counts(FailureReason.RATE_LIMITED);
            case "response_cancel_not_active",
                    "conversation_already_has_active_response",
                    "input_audio_buffer_commit_empty",
                    "item_truncate_invalid_item_id",
                    "item_delete_invalid_item_id" -> new Meaning.Benign();
            case "invalid_value",
                    "unknown_parameter",
                    "missing_required_parameter",
                    "integer_below_min_value",
                    "item_retrieve_invalid_item_id",
                    "invalid_json" -> new Meaning.OurFault();
            default ->
                "invalid_request_error".equals(type)
                        ? new Meaning.OurFault()
                        : new Meaning.Counts(FailureReason.BACKEND_ERROR);
        };
    }

    static FailureReason ofUpgradeStatus(int status) {
        return switch (status) {
            case 401, 403 -> FailureReason.UNAUTHORIZED;
            case 429 -> FailureReason.RATE_LIMITED;
            case 400, 404 -> FailureReason.MISCONFIGURED; // Azure answers 400 to a model that cannot do this
            default -> FailureReason.REFUSED;
        };
    }

    /**
     * @param young whether the socket was so new that the close is a refusal
     */
    static FailureReason ofClose(int code, String reason, boolean young) {
        // A reason is "type.code", or words.
        if (ofError("", reason.substring(reason.lastIndexOf('.') + 1)) instanceof Meaning.Over(FailureReason over)) {
            return over;
        }
        if (code == UNAUTHORIZED_CLOSE) {
            return FailureReason.UNAUTHORIZED;
        }
        if (young && code == REFUSED_SHAPE_CLOSE) {
            return FailureReason.MISCONFIGURED;
        }
        if (young) {
            return FailureReason.REFUSED;
        }
        return code == 1001 ? FailureReason.SESSION_EXPIRED : FailureReason.SOCKET_CLOSED;
    }

    static ConnectFailure ofConnectFailure(Throwable failure) {
        return new ConnectFailure(connectReason(failure), connectSentence(failure));
    }

    private static FailureReason connectReason(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException refused -> ofUpgradeStatus(refused.getStatus());
            case io.netty.channel.ConnectTimeoutException _ -> FailureReason.TIMEOUT;
            default -> FailureReason.UNREACHABLE;
        };
    }

    /** One sentence about a failed connection, without addresses that a resolver made up and without secrets. */
    private static String connectSentence(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException refused
            when refused.getStatus() == 401 || refused.getStatus() == 403 ->
                "The provider refused the key (HTTP " + refused.getStatus()
                        + "): check REALTIME_API_KEY and that it may use REALTIME_MODEL.";
            case UpgradeRejectedException refused
            when refused.getStatus() == 400 || refused.getStatus() == 404 ->
                "The provider does not know what it was asked for (HTTP " + refused.getStatus()
                        + "): check REALTIME_WS_URL and REALTIME_MODEL.";
            case UpgradeRejectedException refused ->
                "The provider refused the connection (HTTP " + refused.getStatus() + ")"
                        + RetryAfter.asked(refused)
                                .map(pause -> ": it wants to be left alone for " + pause.toSeconds() + " s.")
                                .orElse(".");
            case java.net.UnknownHostException _ ->
                "The provider's name does not resolve: check REALTIME_WS_URL and the cluster's DNS.";
            case SSLException _ -> "TLS with the provider failed: " + firstLine(failure) + ".";
            default -> "The provider cannot be reached: " + firstLine(failure) + ".";
        };
    }

    static boolean isOversized(Throwable failure) {
        return failure instanceof CorruptedWebSocketFrameException
                && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("max frame length");
    }

    /** Providers repeat keys in their complaints. */
    static String withoutKeys(String text) {
        return KEY.matcher(text).replaceAll("(key)");
    }

    /** Of the failure's message, without keys. */
    static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        return withoutKeys(end < 0 ? message : message.substring(0, end));
    }
}
