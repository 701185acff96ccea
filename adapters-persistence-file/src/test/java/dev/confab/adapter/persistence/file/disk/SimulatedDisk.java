package dev.confab.adapter.persistence.file.disk;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * A disk in memory. It keeps what was forced apart from what was only written, and fails when a test tells it to.
 *
 * <p>{@link #crash} leaves what was forced, and any part of the rest: each unforced sector of 512 bytes or not, any length in between,
 * and each change of a name or not; a rename is one change. What a failed force did not write is lost for good, though readers still see
 * it, as with the page cache of Linux. {@linkplain #operations Counted} are the operations that change something, in the order of the
 * store's calls.
 */
public final class SimulatedDisk implements Disk {
    /** The operations that change something. */
    public enum Operation {
        CREATE_DIRECTORY, OPEN, WRITE, TRUNCATE, FORCE, RENAME, FORCE_DIRECTORY, DELETE
    }

    /** Whether an operation fails. */
    public interface Fault {
        /** Whether the {@code number}-th operation, counted from 1, fails. */
        boolean hits(long number, Operation operation, Path path);
    }

    private static final Fault NONE = (number, operation, path) -> false;

    /** A directory: the names that readers see, and those that a crash leaves. Values are {@link SimulatedFile}s and Folders. */
    private static final class Folder {
        private final TreeMap<String, Object> names = new TreeMap<>();
        private final TreeMap<String, Object> durable = new TreeMap<>();
    }

    /** A change of one name; without a target it is removed. */
    private record Entry(Folder folder, String name, Optional<Object> target) {
        public void applyTo(Map<String, Object> names) {
            target.ifPresentOrElse(present -> names.put(name, present), () -> names.remove(name));
        }
    }

    private final Random random;
    private final Directory search = new ByteBuffersDirectory();
    private Folder root = new Folder();
    /** Changes of names that no force has made durable, oldest first. A crash takes all entries of a change or none. */
    private List<List<Entry>> pending = new ArrayList<>();
    private Fault fault = NONE;
    private long operations;
    private boolean dead;
    private boolean locked;
    private volatile boolean forceHangs;
    private volatile CountDownLatch forces = new CountDownLatch(0);

    public SimulatedDisk(long seed) {
        random = new Random(seed);
    }

    /** How many operations there have been. */
    public synchronized long operations() {
        return operations;
    }

    /** From the n-th operation on nothing works. */
    public void dieAt(long n) {
        dieWhen((number, operation, path) -> number >= n);
    }

    /** From this moment on nothing works. */
    public synchronized void dieWhen(Fault moment) {
        fault = (number, operation, path) -> {
            dead |= moment.hits(number, operation, path);
            return dead;
        };
    }

    /** The process died, not the machine: the disk and its cache work on. */
    public synchronized void revive() {
        dead = false;
        fault = NONE;
    }

    /** The next operation of this kind fails. */
    public void failNext(Predicate<Path> paths, Operation failing) {
        fail(once((number, operation, path) -> operation == failing && paths.test(path)));
    }

    /** The n-th operation fails. */
    public void failAt(long n) {
        fail((number, operation, path) -> number == n);
    }

    /** Every operation from the n-th on fails; reads go on. */
    public void failFrom(long n) {
        fail((number, operation, path) -> number >= n);
    }

    /** Nothing more fits until {@link #heal}. */
    public void fill() {
        fail((number, operation, path) -> operation == Operation.WRITE || operation == Operation.OPEN);
    }

    public synchronized void fail(Fault next) {
        fault = next;
    }

    public void heal() {
        fail(NONE);
    }

    /** The next line written to the journal, or the next file of API keys or webhooks, finds the disk full. */
    public void failNextCommitWrite() {
        failNext(path -> isJournal(path) || isKeys(path), Operation.WRITE);
    }

    /** The next force of a line of the journal fails, or the next one of the directory after the file of API keys or webhooks was replaced. */
    public void failNextCommitForce() {
        var replaced = new AtomicBoolean();
        fail(once((number, operation, path) -> {
            if (operation == Operation.RENAME && isKeys(path)) {
                replaced.set(true);
            }
            return operation == Operation.FORCE_DIRECTORY && replaced.get()
                    || operation == Operation.FORCE && isJournal(path)
                            && file(path).filter(SimulatedFile::isDirty).isPresent();
        }));
    }

    /** No force returns until the latch is counted down. */
    public CountDownLatch hangForces() {
        forces = new CountDownLatch(1);
        return forces;
    }

    /** Whether a force waits for the latch of {@link #hangForces}. */
    public boolean isForceHanging() {
        return forceHangs;
    }

    /** Writes a file back from the page cache, as the kernel may do at any time. The store does not notice. */
    public synchronized void writeBack(Path path) {
        file(path).ifPresent(SimulatedFile::force);
    }

    private static boolean isKeys(Path path) {
        return path.endsWith("keys.json.tmp") || path.endsWith("webhooks.json.tmp");
    }

    public static boolean isJournal(Path path) {
        return path.getParent().endsWith("journal");
    }

    private Fault once(Fault once) {
        return (number, operation, path) -> {
            boolean hits = once.hits(number, operation, path);
            if (hits) {
                fault = NONE;
            }
            return hits;
        };
    }

    /** Ends this disk, and returns the one that the machine finds when it starts again. */
    public synchronized SimulatedDisk crash(long seed) {
        dead = true;
        // Mixed, because the first values of Random are alike for small seeds.
        var dice = new Random(seed * 0x9E3779B97F4A7C15L);
        boolean inOrder = dice.nextBoolean();
        int kept = dice.nextInt(pending.size() + 1);
        for (int i = 0; i < pending.size(); i++) {
            if (inOrder ? i < kept : dice.nextBoolean()) {
                pending.get(i).forEach(entry -> entry.applyTo(entry.folder.durable));
            }
        }
        var next = new SimulatedDisk(seed);
        next.root = afterCrash(root, dice, new IdentityHashMap<>());
        return next;
    }

    private static Folder afterCrash(Folder folder, Random dice, Map<Object, Object> seen) {
        var left = new Folder();
        folder.durable.forEach((name, target) -> {
            Object copy = seen.computeIfAbsent(target, any -> switch (target) {
                case SimulatedFile file -> SimulatedFile.durable(file.afterCrash(dice));
                case Folder inner -> afterCrash(inner, dice, new IdentityHashMap<>());
                default -> throw new AssertionError(target);
            });
            left.names.put(name, copy);
            left.durable.put(name, copy);
        });
        return left;
    }

    /** A copy as readers see it, all of it durable. */
    public synchronized SimulatedDisk copy() {
        var copy = new SimulatedDisk(0);
        copy.root = copy(root);
        return copy;
    }

    private static Folder copy(Folder folder) {
        var copy = new Folder();
        folder.names.forEach((name, target) -> copy.names.put(name, switch (target) {
            case SimulatedFile file -> SimulatedFile.durable(file.read(0, file.size()));
            case Folder inner -> copy(inner);
            default -> throw new AssertionError(target);
        }));
        copy.durable.putAll(copy.names);
        return copy;
    }

    /** Replaces a file's content from outside, as a damaged disk does. */
    public synchronized void overwrite(Path path, byte[] content) throws IOException {
        SimulatedFile file = SimulatedFile.durable(content);
        Folder folder = folder(path.getParent());
        folder.names.put(name(path), file);
        folder.durable.put(name(path), file);
    }

    private void change(Operation operation, Path path) throws IOException {
        operations++;
        boolean fails = fault.hits(operations, operation, path);
        if (dead) {
            throw new IOException("the machine is down");
        }
        if (fails) {
            throw new IOException("No space left on device");
        }
    }

    private void rename(List<Entry> change) {
        change.forEach(entry -> entry.applyTo(entry.folder.names));
        pending.add(change);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private Folder folder(Path path) throws NoSuchFileException {
        Folder folder = root;
        for (Path part : path) {
            if (!(folder.names.get(part.toString()) instanceof Folder inner)) {
                throw new NoSuchFileException(path.toString());
            }
            folder = inner;
        }
        return folder;
    }

    private Optional<SimulatedFile> file(Path path) {
        try {
            return folder(path.getParent()).names.get(name(path)) instanceof SimulatedFile file
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private SimulatedFile existing(Path path) throws IOException {
        if (dead) {
            throw new IOException("the machine is down");
        }
        return file(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        Folder folder = root;
        for (Path part : directory) {
            Object found = folder.names.get(part.toString());
            if (found instanceof SimulatedFile) {
                throw new FileAlreadyExistsException(directory.toString());
            }
            if (found == null) {
                change(Operation.CREATE_DIRECTORY, directory);
                found = new Folder();
                rename(List.of(new Entry(folder, part.toString(), Optional.of(found))));
            }
            folder = (Folder) found;
        }
    }

    @Override
    public synchronized List<String> list(Path directory) throws IOException {
        if (dead) {
            throw new IOException("the machine is down");
        }
        return List.copyOf(folder(directory).names.keySet());
    }

    @Override
    public synchronized boolean exists(Path path) {
        try {
            return path.getParent() == null || folder(path.getParent()).names.containsKey(name(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public synchronized long size(Path file) throws IOException {
        return existing(file).size();
    }

    @Override
    public synchronized byte[] read(Path file, long offset, int length) throws IOException {
        return existing(file).read(offset, length);
    }

    @Override
    public synchronized WritableFile open(Path path) throws IOException {
        change(Operation.OPEN, path);
        if (file(path).isEmpty()) {
            rename(List.of(new Entry(folder(path.getParent()), name(path), Optional.of(new SimulatedFile()))));
        }
        return new Handle(path, existing(path));
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        change(Operation.RENAME, from);
        rename(List.of(new Entry(folder(from.getParent()), name(from), Optional.empty()),
                new Entry(folder(to.getParent()), name(to), Optional.of(existing(from)))));
    }

    /** When it fails, the names stay as they were: the journal of a file system takes changes of names as a whole. */
    @Override
    public synchronized void forceDirectory(Path directory) throws ForceFailed {
        try {
            change(Operation.FORCE_DIRECTORY, directory);
            Folder folder = folder(directory);
            var others = new ArrayList<List<Entry>>();
            for (List<Entry> change : pending) {
                if (change.stream().anyMatch(entry -> entry.folder == folder)) {
                    change.forEach(entry -> entry.applyTo(entry.folder.durable));
                } else {
                    others.add(change);
                }
            }
            pending = others;
        } catch (IOException e) {
            throw new ForceFailed(directory, e);
        }
    }

    @Override
    public synchronized Optional<Object> identity(Path path) throws IOException {
        if (dead) {
            throw new IOException("the machine is down");
        }
        return file(path).map(Object.class::cast);
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        if (file(path).isPresent()) {
            change(Operation.DELETE, path);
            rename(List.of(new Entry(folder(path.getParent()), name(path), Optional.empty())));
        }
    }

    /** One, so that a run of one thread is the same each time. */
    @Override
    public int concurrentForces() {
        return 1;
    }

    /** A few sectors, so that some lines fit in and others do not. */
    @Override
    public int roomAhead() {
        return 3_000;
    }

    @Override
    public synchronized Closeable lock(Path directory, Path lockFile) throws IOException {
        if (locked) {
            throw new DirectoryInUse("The data directory " + directory + " is in use.");
        }
        if (file(lockFile).isEmpty()) {
            overwrite(lockFile, new byte[0]);
        }
        locked = true;
        return () -> {
            synchronized (this) {
                locked = false;
            }
        };
    }

    @Override
    public Directory searchDirectory(Path directory) {
        return search;
    }

    private final class Handle implements WritableFile {
        private final Path path;
        private final SimulatedFile file;

        public Handle(Path path, SimulatedFile file) {
            this.path = path;
            this.file = file;
        }

        /** A write that fails has written a part of the bytes. */
        @Override
        public void write(ByteBuffer buffer, long offset) throws IOException {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            synchronized (SimulatedDisk.this) {
                try {
                    change(Operation.WRITE, path);
                    file.write(Math.toIntExact(offset), bytes, bytes.length);
                } catch (IOException e) {
                    file.write(Math.toIntExact(offset), bytes, dead ? 0 : random.nextInt(bytes.length + 1));
                    throw e;
                }
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (SimulatedDisk.this) {
                change(Operation.TRUNCATE, path);
                file.truncate(Math.toIntExact(size));
            }
        }

        @Override
        public void force() throws ForceFailed {
            if (forces.getCount() > 0) {
                forceHangs = true;
                TestThreads.await(forces);
                forceHangs = false;
            }
            synchronized (SimulatedDisk.this) {
                try {
                    change(Operation.FORCE, path);
                    file.force();
                } catch (IOException e) {
                    if (!dead) {
                        file.forceFails();
                    }
                    throw new ForceFailed(path, e);
                }
            }
        }

        @Override
        public void close() {
            // nothing is kept open
        }
    }
}
