package dev.tom.operator.observability;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts every request to the API server by method and outcome. Runs on the client's threads; does not block. */
public final class RequestMeter implements Interceptor {

    /** Older answers say nothing about now. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    private final OperatorMeters meters;
    private final LongSupplier nanoTime;
    private volatile boolean answered;
    private volatile long answeredAt;

    public RequestMeter(OperatorMeters meters, LongSupplier nanoTime) {
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** Whether the API server has answered a request lately. */
    public boolean answersLately() {
        return answered && nanoTime.getAsLong() - answeredAt < RECENT.toNanos();
    }

    @Override
    public void after(
            HttpRequest request, HttpResponse<?> response, AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
        answeredAt = nanoTime.getAsLong();
        answered = true;
        meters.answered(request.method(), response.code());
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        meters.unanswered(request.method());
    }
}
