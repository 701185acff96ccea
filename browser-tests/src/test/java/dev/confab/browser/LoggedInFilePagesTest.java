package dev.confab.browser;

class LoggedInFilePagesTest extends FilePagesTest {
    @Override
    boolean hasLogIn() {
        return true;
    }
}
