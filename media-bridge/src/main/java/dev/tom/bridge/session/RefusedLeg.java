package dev.tom.bridge.session;

import dev.tom.bridge.telephony.TelephonyListener;
import java.nio.ByteBuffer;

/** A leg that was upgraded while there was room, but became a call when there was none any more. It was told to go and is not heard. */
enum RefusedLeg implements TelephonyListener {
    INSTANCE;

    @Override
    public void started(CallStart start) {}

    @Override
    public void audio(ByteBuffer pcm) {}

    @Override
    public void dtmf(char digit) {}

    @Override
    public void audioEnded() {}

    @Override
    public void stopped(String reason) {}
}
