package dev.confab.bootstrap.failure;

/** The exit status of a command, from the BSD header sysexits.h. Supervisors and scripts decide by it what to do. */
public enum ExitStatus {
    OK(0),
    /** The command did its work, but refused a part of its input. The header has no status for this. */
    PARTIAL(1),
    /** The command line is wrong. */
    USAGE(64),
    /** The input of the command, or the stored data, is wrong. */
    DATA(65),
    /** What the command should read does not exist. */
    NO_INPUT(66),
    /** The storage does not work, or the port is in use. */
    UNAVAILABLE(69),
    /** A bug. */
    SOFTWARE(70),
    /** Reading or writing failed, or the outcome of a write is unknown. */
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
