package dev.confab.bootstrap.terminal;

import dev.confab.application.Archives.Progress;
import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a command is, on a terminal only: a log has no use for it. */
public final class ProgressLine implements Progress, AutoCloseable {
    /** The number of conversations when it is not known. */
    public static final long UNKNOWN = -1;
    private static final int EVERY_MILLIS = 200;
    private static final int WIDTH = 79;

    private final Optional<ProgressBar> bar;

    private ProgressLine(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /** @param total the number of conversations, or {@link #UNKNOWN} */
    public static ProgressLine of(String what, long total) {
        return isTerminal()
                ? new ProgressLine(Optional.of(new ProgressBarBuilder().setTaskName(what).setInitialMax(total)
                        .setUnit(" conversations", 1).setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(EVERY_MILLIS)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH)).build()))
                : new ProgressLine(Optional.empty());
    }

    public static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    @Override
    public void done(long conversations) {
        bar.ifPresent(shown -> shown.stepTo(conversations));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
