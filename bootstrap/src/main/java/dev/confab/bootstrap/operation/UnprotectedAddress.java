package dev.confab.bootstrap.operation;

/** The server was told to listen where others can reach it, and nobody has to log in. */
public final class UnprotectedAddress extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String setting;

    UnprotectedAddress(String setting, String address) {
        super(setting + " is " + address + ": others could reach it, and Confab has no log-in configured.");
        this.setting = setting;
    }

    String setting() {
        return setting;
    }
}
