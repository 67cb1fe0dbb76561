package dev.tom.operator.leadership;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the Lease, taken from the very requests that renew it. A process that was paused, by {@code SIGSTOP} or a suspended machine,
 * wakes up in the belief that it leads; here the age of its last renewal tells it otherwise before it opens anything. Thread-safe.
 */
public final class Leadership implements Interceptor {

    /** Name of the Lease. */
    public static final String LEASE = "tom-operator";

    /** Nobody takes the Lease from a leader that was silent for less than this. */
    public static final Duration LEASE_DURATION = Duration.ofSeconds(10);
    /** A leader that could not renew for so long ends. */
    public static final Duration RENEW_DEADLINE = Duration.ofSeconds(7);

    public static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    /** Several tries, each with a request that may time out: a process that does not even try for so long hangs. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private final boolean elected;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile boolean leading;
    private volatile Moment renewed;
    private volatile Moment tried;

    /**
     * Nobody leads yet.
     *
     * @param elected false: this is the only process, and always leads
     * @param nanoTime goes on while a process is paused; the wall clock goes on while a machine is suspended: the longer of both counts
     */
    public Leadership(boolean elected, InstantSource clock, LongSupplier nanoTime) {
        this.elected = elected;
        this.clock = clock;
        this.nanoTime = nanoTime;
        renewed = now();
        tried = now();
    }

    private record Moment(Instant wall, long nano) {}

    private Moment now() {
        return new Moment(clock.instant(), nanoTime.getAsLong());
    }

    private Duration age(Moment moment) {
        Duration wall = Duration.between(moment.wall(), clock.instant());
        Duration steady = Duration.ofNanos(nanoTime.getAsLong() - moment.nano());
        return wall.compareTo(steady) > 0 ? wall : steady;
    }

    /** Whether this process is the one that acts. */
    public boolean leads() {
        return !elected || leading;
    }

    /** Whether it is certain that nobody else acts: the last renewal is younger than the Lease lasts. Asked before anything is opened. */
    public boolean certain() {
        return !elected || (leading && age(renewed).compareTo(LEASE_DURATION) < 0);
    }

    /** False when this process neither leads nor tries to: it hangs, and should be restarted. */
    public boolean alive() {
        return !elected
                || (age(tried).compareTo(SILENCE) < 0
                        && (!leading || age(renewed).compareTo(LEASE_DURATION.plus(SILENCE)) < 0));
    }

    /** The Lease was won. */
    public void started() {
        renewed = now();
        leading = true;
    }

    /** The Lease was lost or given up. */
    public void stopped() {
        leading = false;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, @Nullable RequestTags tags) {
        if (aboutLease(request)) {
            asks();
        }
    }

    /** A request about the Lease goes out. */
    void asks() {
        tried = now();
    }

    @Override
    public void after(
            HttpRequest request, HttpResponse<?> response, AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
        if (aboutLease(request)) {
            isAnswered(request.method(), response.isSuccessful());
        }
    }

    /** A write to the Lease that succeeds renews it: only its holder writes. */
    void isAnswered(String method, boolean success) {
        if (leading && success && !method.equals("GET")) {
            renewed = now();
        }
    }

    private static boolean aboutLease(HttpRequest request) {
        return request.uri().getPath().contains("/leases");
    }

    /** Gives the Lease back, so that the next process need not wait until it has run out. Does nothing when another holds it. */
    public void release(KubernetesClient client, String namespace, String instance) {
        Lease lease = client.leases().inNamespace(namespace).withName(LEASE).get();
        if (lease != null
                && lease.getSpec() != null
                && instance.equals(lease.getSpec().getHolderIdentity())) {
            lease.getSpec().setHolderIdentity(null);
            client.resource(lease).update();
        }
    }
}
