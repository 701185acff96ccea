package dev.confab.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;

/** What the tests of the pages have at hand. */
interface PageFixture {
    /** A prompt whose answer takes 40 seconds. */
    String SLOW_ANSWER = "/slow 200 " + "word ".repeat(200).strip();

    /** A person of this test alone, who has logged in if that is needed. */
    Person person();

    /** The same with another screen; the test closes it. */
    Person another(int width, int height, ColorScheme colours);

    Confab confab();

    /** For requests of a program; empty without log-in. */
    String token();

    /** For files. */
    Path directory();
}
