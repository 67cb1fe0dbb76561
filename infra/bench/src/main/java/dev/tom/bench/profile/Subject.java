package dev.tom.bench.profile;

import java.nio.file.Path;

/** What is measured: the bridge, or the floor. */
interface Subject extends AutoCloseable {

    String name();

    Child process();

    /** Port of its telephone sockets. */
    int port();

    String path();

    /** Header value for callers, or empty. */
    String authorization();

    /** Its garbage-collector log. */
    Path gcLog();

    @Override
    void close();
}
