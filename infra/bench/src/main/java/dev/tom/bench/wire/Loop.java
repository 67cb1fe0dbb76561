package dev.tom.bench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * One thread for all sockets of a side and its clock, which beats every millisecond. Everything runs on the thread of {@link #run()};
 * only {@link #post} and {@link #stop} may be called from others.
 */
public final class Loop implements Runnable {

    private static final long BEAT_NANOS = 1_000_000;
    private static final int BUFFER = 256 * 1024;
    private static final int BACKLOG = 1_024;

    /** The clock of a side. */
    @FunctionalInterface
    public interface Beat {
        /**
         * One millisecond.
         *
         * @param number counts up by one, also when the thread was late
         * @param dueNanos when it was due
         */
        void beat(long number, long dueNanos);
    }

    private final Selector selector;
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private volatile boolean stopped;

    private final Beat beat;

    public Loop(Beat beat) {
        this.beat = beat;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes connections on loopback; returns the port. Before {@link #run()}. */
    public int listen(Function<Peer, Peer.Listener> sides) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT, (Ready) () -> accept(server, sides));
            return ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Connects to a port on loopback.
     *
     * @param request head of the upgrade request, whole
     */
    public Peer connect(int port, String request, Function<Peer, Peer.Listener> side) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            Peer peer = new Peer(channel, key, buffer, request);
            key.attach((Ready) peer::ready);
            peer.listener(side.apply(peer));
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs something on the loop. From any thread. */
    public void post(Runnable action) {
        posted.add(action);
        selector.wakeup();
    }

    /** From any thread. */
    public void stop() {
        stopped = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        long next = 0;
        try {
            while (!stopped) {
                long now = System.nanoTime();
                while (start + next * BEAT_NANOS <= now) {
                    beat.beat(next, start + next * BEAT_NANOS);
                    next++;
                }
                // The timeout has whole milliseconds, so a beat comes up to one late; who measures takes the time of
                // the write.
                long wait = start + next * BEAT_NANOS - System.nanoTime();
                if (wait > 0) {
                    selector.select(Loop::ready, Math.max(1, wait / BEAT_NANOS));
                } else {
                    selector.selectNow(Loop::ready);
                }
                for (Runnable action = posted.poll(); action != null; action = posted.poll()) {
                    action.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Ready {
        void ready() throws IOException;
    }

    private static void ready(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocketChannel server, Function<Peer, Peer.Listener> sides) throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Peer peer = new Peer(channel, key, buffer, "");
            key.attach((Ready) peer::ready);
            peer.listener(sides.apply(peer));
        }
    }
}
