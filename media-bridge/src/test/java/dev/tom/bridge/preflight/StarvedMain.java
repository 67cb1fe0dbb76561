package dev.tom.bridge.preflight;

import java.io.FileInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Opens files until it may open no more, tries the port it is told, and says what came of it. */
@SuppressWarnings("SystemOut")
final class StarvedMain {

    private StarvedMain() {}

    public static void main(String[] args) {
        var way = new WayTry((SSLSocketFactory) SSLSocketFactory.getDefault());
        Route route = Route.ofCalls(new Endpoint("127.0.0.1", Integer.parseInt(args[0]), false), Optional.empty());
        way.once(route, Duration.ofSeconds(10)); // whatever classes it needs are there from now on
        List<FileInputStream> all = new ArrayList<>();
        try {
            while (true) {
                all.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            System.out.println(way.once(route, Duration.ofSeconds(10)));
        } finally {
            all.forEach(StarvedMain::close);
        }
    }

    private static void close(FileInputStream file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
