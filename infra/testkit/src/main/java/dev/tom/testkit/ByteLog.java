package dev.tom.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One TCP connection to a scripted provider: what arrived when, and the means to treat it badly. */
final class ByteLog extends ChannelInboundHandlerAdapter {

    private record Arrival(Instant at, int bytes) {}

    private final Channel channel;
    private final Instant openedAt = MonotonicClock.now();
    private final List<Arrival> arrivals = new ArrayList<>();
    private Optional<Instant> closedAt = Optional.empty();

    private ByteLog(Channel channel) {
        this.channel = channel;
    }

    /** Listens below TLS and HTTP. Called on the channel's event loop. */
    static ByteLog on(Channel channel) {
        ByteLog log = new ByteLog(channel);
        channel.pipeline().addFirst("byte-log", log);
        channel.closeFuture().addListener(gone -> log.closed());
        return log;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf bytes) {
            synchronized (this) {
                arrivals.add(new Arrival(MonotonicClock.now(), bytes.readableBytes()));
            }
        }
        super.channelRead(context, message);
    }

    private synchronized void closed() {
        closedAt = Optional.of(MonotonicClock.now());
    }

    synchronized Optional<Instant> closedAt() {
        return closedAt;
    }

    Instant openedAt() {
        return openedAt;
    }

    synchronized long bytesAfter(Instant instant) {
        return arrivals.stream()
                .filter(arrival -> arrival.at.isAfter(instant))
                .mapToLong(Arrival::bytes)
                .sum();
    }

    synchronized Optional<Instant> lastByteAt() {
        return arrivals.isEmpty() ? Optional.empty() : Optional.of(arrivals.getLast().at);
    }

    /** TCP reset: past TLS, which would say good-bye first. On the channel's own thread; a channel that is gone stays gone. */
    void reset() {
        channel.eventLoop().execute(() -> {
            if (channel.isOpen()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                var unused = channel.pipeline().firstContext().close();
            }
        });
    }

    /** Ends the connection without a word of the protocols above TCP. */
    void drop() {
        channel.eventLoop().execute(() -> {
            if (channel.isOpen()) {
                var unused = channel.pipeline().firstContext().close();
            }
        });
    }

    /** Reads nothing more; the far side's bytes pile up in the kernel. */
    void stopReading() {
        channel.config().setAutoRead(false);
    }

    boolean openFor(Duration atLeast) {
        return closedAt().isEmpty() && openedAt.plus(atLeast).isBefore(MonotonicClock.now());
    }
}
