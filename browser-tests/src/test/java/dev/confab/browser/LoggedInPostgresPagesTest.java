package dev.confab.browser;

class LoggedInPostgresPagesTest extends PostgresPagesTest {
    @Override
    boolean hasLogIn() {
        return true;
    }
}
