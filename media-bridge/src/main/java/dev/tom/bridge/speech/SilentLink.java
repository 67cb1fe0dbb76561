package dev.tom.bridge.speech;

/** A conversation with nobody: takes everything and does nothing. */
public class SilentLink implements SpeechLink {

    /** One for all. */
    public static final SpeechLink INSTANCE = new SilentLink();

    protected SilentLink() {}

    @Override
    public void audio(short[] frame) {}

    @Override
    public void turnStarted() {}

    @Override
    public void turnEnded() {}

    @Override
    public void interrupt(String answerId, long playedMillis) {}

    @Override
    public void answerNow() {}

    @Override
    public void close() {}
}
