package dev.confab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs all tests of the pages on one server. A subclass chooses the store and the log-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PagesContract implements AnswerTests, FilingTests, MessageTests, LossTests, RaceTests, HabitTests {
    private Path directory;
    private Chromium chromium;
    private Confab confab;
    private String token = "";
    private Person person;

    /** The settings of the server, which choose its store. */
    abstract List<String> settings(Path directory);

    boolean hasLogIn() {
        return false;
    }

    @BeforeAll
    void start(@TempDir Path temporary) {
        directory = temporary;
        chromium = Chromium.start();
        var all = new ArrayList<>(settings(directory));
        all.add("--confab.security=" + (hasLogIn() ? "api-keys" : "none"));
        confab = new Confab(directory.resolve("confab.log"), all);
        if (hasLogIn()) {
            token = confab.command("keys", "create", "--owner=ann", "--name=browser", "--scope=read,write", "--json")
                    .replaceFirst("(?s).*\"token\"\\s*:\\s*\"([^\"]+)\".*", "$1").strip();
        }
        confab.start();
    }

    @AfterAll
    void stop() {
        if (confab != null) {
            confab.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void arrive() {
        person = arrive(1280, 800, ColorScheme.LIGHT);
    }

    private Person arrive(int width, int height, ColorScheme colours) {
        var arrived = new Person(chromium.browser(), confab.url(), width, height, colours);
        if (hasLogIn()) {
            arrived.logIn(token);
        }
        return arrived;
    }

    @AfterEach
    void leave() {
        List<String> faults = person.faults();
        person.close();
        assertThat(faults).as("errors in the browser's console").isEmpty();
    }

    @Override
    public Person person() {
        return person;
    }

    @Override
    public Confab confab() {
        return confab;
    }

    @Override
    public String token() {
        return token;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Person another(int width, int height, ColorScheme colours) {
        return arrive(width, height, colours);
    }
}
