package dev.confab.domain.chatexport;

import dev.confab.domain.ConfabException;
import java.util.Optional;

/** Nothing of a file can be imported. */
public final class ChatExportRejected extends ConfabException {
    private static final long serialVersionUID = 1L;

    /** A parameter of an import. */
    public enum Parameter {
        FORMAT, ZONE, DATE_ORDER
    }

    private final transient Optional<Parameter> parameter;

    private ChatExportRejected(String message, Optional<Parameter> parameter) {
        super(message);
        this.parameter = parameter;
    }

    /** @param reason a sentence without its full stop */
    public static ChatExportRejected because(String reason) {
        return new ChatExportRejected(reason, Optional.empty());
    }

    /** The file cannot be read without this parameter, or not with its value. */
    public static ChatExportRejected because(Parameter parameter, String reason) {
        return new ChatExportRejected(reason, Optional.of(parameter));
    }

    /** What the person who imports must say. */
    public Optional<Parameter> parameter() {
        return parameter;
    }
}
