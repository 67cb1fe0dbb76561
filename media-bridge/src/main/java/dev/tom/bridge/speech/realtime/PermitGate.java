package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.call.egress.EgressPermit;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/**
 * The last step before the kernel, below WebSocket and TLS: without a permit nothing passes, also no pong, no farewell and no TLS alert,
 * and the first attempt ends the connection.
 */
final class PermitGate extends ChannelOutboundHandlerAdapter {

    private static final String NAME = "permit-gate";

    private final EgressPermit permit;

    private PermitGate(EgressPermit permit) {
        this.permit = permit;
    }

    /** Called on the channel's event loop. */
    static void install(Channel channel, EgressPermit permit) {
        channel.pipeline().addFirst(NAME, new PermitGate(permit));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (permit.open()) {
            super.write(context, message, promise);
            return;
        }
        ReferenceCountUtil.release(message);
        promise.tryFailure(new IOException("provider use is not allowed"));
        reset(context.channel());
    }

    /** Ends a connection with a TCP reset: no farewell, nothing left in buffers. From any thread. */
    static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException alreadyClosed) {
            return;
        }
        ChannelHandlerContext lowest = channel.pipeline().firstContext();
        // From the lowest step: past TLS, which would wait for its own farewell.
        var unused = lowest == null ? channel.close() : lowest.close();
    }
}
