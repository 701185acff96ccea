package dev.confab.adapter.persistence.file.disk;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.webhook.WebhookId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The names of the files and directories in a data directory. */
public record Layout(Path root) {
    static final String CORRUPT = ".corrupt";
    /** Ends the name of a file whose content is not complete yet. */
    public static final String UNFINISHED = ".tmp";
    private static final String LINES = ".jsonl";
    private static final String IMPORT_JOB = ".json";
    private static final int ID_LENGTH = 36;

    /** Throws {@link DirectoryRefused} if the directory is missing, or is not a data directory. */
    public void requireData(Disk disk) throws DirectoryRefused {
        if (!disk.exists(format())) {
            throw new DirectoryRefused("The directory " + root.toAbsolutePath() + " is not a data directory of"
                    + " Confab. Name the data directory with --confab.file.directory=<directory>.");
        }
    }

    public Path lock() {
        return root.resolve("confab.lock");
    }

    public Path format() {
        return root.resolve("format");
    }

    public Path highWaterMark() {
        return root.resolve("highwater");
    }

    public Path keys() {
        return root.resolve("keys.json");
    }

    public Path webhooks() {
        return root.resolve("webhooks.json");
    }

    /** The directory of the cursors of webhooks, one file a webhook. It is made with the first one. */
    public Path cursors() {
        return root.resolve("webhooks");
    }

    public Path cursors(WebhookId id) {
        return cursors().resolve(id + ".json");
    }

    /** The directory of import jobs. It is made with the first one. */
    public Path imports() {
        return root.resolve("imports");
    }

    public Path importJob(ImportJobId id) {
        return imports().resolve(id + IMPORT_JOB);
    }

    public static boolean isImportJob(String name) {
        return name.endsWith(IMPORT_JOB);
    }

    /** What was uploaded. */
    public Path importFile(ImportJobId id) {
        return imports().resolve(id + ".upload");
    }

    public Path importReport(ImportJobId id) {
        return imports().resolve(id + ".report");
    }

    /** An upload that is not complete; the number is unique in the process. */
    public Path importUpload(long number) {
        return imports().resolve("upload-" + number + UNFINISHED);
    }

    public Path journal() {
        return root.resolve("journal");
    }

    public Path segment(long number) {
        return journal().resolve("%08d".formatted(number) + LINES);
    }

    /** The number of the journal segment with this file name; empty when it is another file's name. */
    public static OptionalLong segmentNumber(String name) {
        String digits = name.endsWith(LINES) ? name.substring(0, name.length() - LINES.length()) : "";
        return !digits.isEmpty() && digits.chars().allMatch(Character::isDigit)
                ? OptionalLong.of(Long.parseLong(digits))
                : OptionalLong.empty();
    }

    public Path conversations() {
        return root.resolve("conversations");
    }

    public Path head(ConversationId id) {
        return conversations().resolve(id + ".json");
    }

    public Path messages(ConversationId id, int generation) {
        return conversations().resolve(id + "." + generation + LINES);
    }

    public static boolean isMessages(String name) {
        return name.endsWith(LINES) && conversationOf(name).isPresent();
    }

    /** The conversation that the file with this name belongs to. */
    public static Optional<ConversationId> conversationOf(String name) {
        if (name.length() <= ID_LENGTH || name.charAt(ID_LENGTH) != '.') {
            return Optional.empty();
        }
        try {
            return Optional.of(ConversationId.parse(name.substring(0, ID_LENGTH)));
        } catch (InvalidValue notAnId) {
            return Optional.empty();
        }
    }

    public Path index() {
        return root.resolve("index");
    }

    public Path quarantine() {
        return root.resolve("quarantine");
    }

    /** The name that a file had before it came into quarantine. */
    public static String withoutCorrupt(String name) {
        return name.endsWith(CORRUPT) ? name.substring(0, name.length() - CORRUPT.length()) : name;
    }

    /** The name under which a file is written until it is complete. */
    public static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }
}
