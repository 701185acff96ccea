package dev.confab.adapter.persistence.file.importjob;

import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.StoredImportJobJson;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.importjob.ImportJobId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;

/** The files under {@code imports/}. A part of a report is its length, the CRC-32C of its bytes, each four bytes, and its bytes. */
record ImportJobFiles(Disk disk, Layout layout) {
    private static final int FRAME = 8;

    /** Where a part of a report begins. */
    record Place(int part, long offset) {
        static final Place FIRST = new Place(0, 0);
    }

    /** A part of a report, and where the next one begins. */
    record Part(String text, Place next) {
    }

    void createDirectory() throws IOException {
        if (!disk.exists(layout.imports())) {
            disk.createDirectories(layout.imports());
            disk.forceDirectory(layout.root());
        }
    }

    /** Replaces the file with the job's state. It is durable once the caller has forced the directory. */
    void replace(HeldImportJob held) throws IOException {
        disk.replace(layout.importJob(held.job().id()), ChecksummedLine.of(StoredJson.bytes(json -> {
            json.writeStartObject();
            json.writeName("job");
            StoredImportJobJson.write(json, held.job());
            json.writeStringProperty("plan", held.plan());
            json.writeNumberProperty("reportBytes", held.reportBytes());
            json.writeNumberProperty("parts", held.parts());
            json.writeEndObject();
        })));
    }

    private static HeldImportJob held(JsonNode json) {
        return new HeldImportJob(StoredImportJobJson.job(json.required("job")), 0, StoredJson.text(json, "plan"),
                json.required("reportBytes").longValue(), json.required("parts").intValue(), Optional.empty());
    }

    static byte[] frame(String part) {
        if (part.isEmpty()) {
            return new byte[0];
        }
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(FRAME + bytes.length).putInt(bytes.length).putInt(checksum(bytes)).put(bytes)
                .array();
    }

    private static int checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    /** Adds a part, durable. What was behind {@code reportBytes} was never a part of the report. */
    void append(HeldImportJob held, byte[] frame) throws IOException {
        try (Disk.WritableFile out = disk.open(layout.importReport(held.job().id()))) {
            out.truncate(held.reportBytes());
            out.write(ByteBuffer.wrap(frame), held.reportBytes());
            out.force();
        }
    }

    /** The part with this number, found from a place before it. */
    Part part(ImportJobId id, int part, Place from) throws IOException {
        Path file = layout.importReport(id);
        Place place = from;
        while (true) {
            byte[] head = disk.read(file, place.offset(), FRAME);
            if (head.length < FRAME) {
                throw new IOException(file.getFileName() + " is shorter than it should be");
            }
            ByteBuffer numbers = ByteBuffer.wrap(head);
            int length = numbers.getInt();
            Place next = new Place(place.part() + 1, place.offset() + FRAME + length);
            if (place.part() == part) {
                byte[] bytes = disk.read(file, place.offset() + FRAME, length);
                if (checksum(bytes) != numbers.getInt()) {
                    throw new IOException(file.getFileName() + " does not match its checksums");
                }
                return new Part(new String(bytes, StandardCharsets.UTF_8), next);
            }
            place = next;
        }
    }

    /** Deletes all files of the job, its state first: without it the others are deleted at the next start. */
    void delete(ImportJobId id) throws IOException {
        disk.delete(layout.importJob(id));
        disk.delete(layout.importFile(id));
        disk.delete(layout.importReport(id));
    }

    /** The jobs in the files; throws {@link DirectoryRefused} when one cannot be read. Deletes what belongs to none. */
    List<HeldImportJob> read() throws IOException {
        var jobs = new ArrayList<HeldImportJob>();
        if (!disk.exists(layout.imports())) {
            return jobs;
        }
        List<String> names = disk.list(layout.imports());
        for (String name : names) {
            if (Layout.isImportJob(name)) {
                HeldImportJob held = read(layout.imports().resolve(name));
                // A removal that was cut off may have deleted the upload only.
                if (held.job().isFinished() || disk.exists(layout.importFile(held.job().id()))) {
                    jobs.add(held);
                }
            }
        }
        var needed = new ArrayList<Path>();
        for (HeldImportJob held : jobs) {
            needed.add(layout.importJob(held.job().id()));
            needed.add(layout.importReport(held.job().id()));
            if (!held.job().isFinished()) {
                needed.add(layout.importFile(held.job().id()));
            }
        }
        for (String name : names) {
            if (!needed.contains(layout.imports().resolve(name))) {
                disk.delete(layout.imports().resolve(name));
            }
        }
        return jobs;
    }

    private HeldImportJob read(Path file) throws IOException {
        byte[] line = disk.read(file, 0, Integer.MAX_VALUE - 8);
        boolean ended = line.length > 0 && line[line.length - 1] == '\n';
        try {
            return StoredJson.read("its content", line, 0, ended ? line.length - 1 : 0, ImportJobFiles::held);
        } catch (FileDamaged e) {
            throw new DirectoryRefused("The file " + file.toAbsolutePath() + " of an import is damaged: " + e.reason()
                    + ". Restore it from a backup, or delete it; what the import has stored stays.");
        }
    }
}
