package dev.tom.bridge.config;

/** The reference page of the settings, as Markdown. */
public final class SettingsPage {

    private SettingsPage() {}

    public static String markdown() {
        var page = new StringBuilder("""
                # Settings of the media bridge

                The names are ConfigMap keys, environment variables and keys of a `.env` file alike. The mounted directory is stronger than
                the environment, which is stronger than the file; an empty value means the default. A directory that states any live setting
                states all of them: those it leaves out have their default, whatever the environment says. This page is generated from
                `dev.tom.bridge.config.Setting`.

                | name | value | default | live | meaning |
                |---|---|---|---|---|
                """);
        for (Setting setting : Setting.values()) {
            page.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            setting,
                            setting.kind().phrase(),
                            setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                            setting.live() ? "yes" : "",
                            setting.sentence()));
        }
        return page.toString();
    }
}
