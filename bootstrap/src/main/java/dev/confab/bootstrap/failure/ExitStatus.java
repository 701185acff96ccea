package dev.confab.bootstrap.failure;

/** The exit status of a command, from the BSD header sysexits.h; supervisors and scripts tell by it what to do. */
public enum ExitStatus {
    OK(0),
    /** The command line is wrong. */
    USAGE(64),
    /** What the command was given, or what is stored, is wrong. */
    DATA(65),
    /** The storage does not work, or the port is in use. */
    UNAVAILABLE(69),
    /** A bug. */
    SOFTWARE(70),
    /** A write failed, and it is unknown what it did. */
    IO(74),
    /** The same command may succeed later. */
    TEMPORARY(75),
    /** A setting is wrong. */
    CONFIG(78);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
