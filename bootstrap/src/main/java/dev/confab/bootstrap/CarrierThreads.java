package dev.confab.bootstrap;

/**
 * The platform threads on which the virtual ones of the requests run. By default there are as many as processors, and on few processors a
 * server that has just started could stop answering for ever: a virtual thread that loads a class keeps its carrier while it waits for the
 * lock of the jar in the jar, and who has that lock, and has left its carrier to wait for another one, gets none any more (JEP 491, "Future
 * work"; spring-boot issue 51463). So there are many, of which all but a few have nothing to do.
 */
final class CarrierThreads {
    static final String SETTING = "jdk.virtualThreadScheduler.parallelism";
    private static final int COUNT = 64;

    private CarrierThreads() {
    }

    /** To be called before the first virtual thread starts. A number that the command line sets stays. */
    static void allowMany() {
        if (System.getProperty(SETTING) == null) {
            System.setProperty(SETTING, Integer.toString(Math.max(COUNT, Runtime.getRuntime().availableProcessors())));
        }
    }
}
