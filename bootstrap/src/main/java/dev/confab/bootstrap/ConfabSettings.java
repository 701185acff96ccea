package dev.confab.bootstrap;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set under {@code confab.}
 *
 * @param persistence where conversations are kept
 * @param retention how long a deleted conversation stays in the bin before it is purged
 * @param cursorSecret signs cursors; when absent the store has one that outlives a restart, see {@link CursorSecret}
 * @param importing {@code confab.import}
 */
@Validated
@ConfigurationProperties("confab")
public record ConfabSettings(@NotNull @DefaultValue("file") Persistence persistence,
        @DurationMin(seconds = 1) @DefaultValue("30d") Duration retention, Optional<String> cursorSecret,
        @Valid @DefaultValue File file, @Valid @DefaultValue Jpa jpa,
        @Valid @Name("import") @DefaultValue Import importing, @Valid @DefaultValue Cors cors,
        @Valid @DefaultValue Retry retry, @Valid @DefaultValue Session session, @Valid @DefaultValue Turn turn,
        @Valid @DefaultValue Tools tools, @Valid @DefaultValue Assistant assistant) {

    /** The stores there are. */
    public enum Persistence {
        /** JSON files in a directory, for one user on one machine. */
        FILE,
        /** A PostgreSQL database, named by {@code spring.datasource}, for many users and many instances. */
        JPA
    }

    /**
     * The store on files.
     *
     * @param directory where the files are; made when missing
     * @param lockTimeout how long a write waits for its conversation, and then for its commit
     * @param checkpointSize a checkpoint is made when the journal has grown by this much; at twice that writers wait
     * @param idleCheckpoint a checkpoint is made when nothing was committed for this long
     * @param cacheSize the most that indexes of messages take of the heap
     * @param salvage whether to open a journal that is damaged in the middle, keeping a copy and losing what cannot be read
     */
    public record File(@NotNull @DefaultValue("./data") Path directory,
            @DurationMin(millis = 1) @DefaultValue("3s") Duration lockTimeout,
            @MinSize("64KB") @DefaultValue("32MB") DataSize checkpointSize,
            @DurationMin(millis = 1) @DefaultValue("5s") Duration idleCheckpoint,
            @MinSize("1MB") @DefaultValue("64MB") DataSize cacheSize, @DefaultValue("false") boolean salvage) {
    }

    /**
     * The store on PostgreSQL; which database, {@link DatabaseSettings} says.
     *
     * @param writeConnections commits that can be under way at once
     * @param readConnections reads that can be under way at once
     * @param lockTimeout how long a write waits for its conversation, here and in the database; and any call for a connection
     * @param statementTimeout how long any one statement may take
     * @param rememberedHeads how many conversations' heads are kept in memory, so that a write need not read first
     * @param notifyEvery commits made within this time share one notification of the other instances
     * @param pollEvery how often changes are looked for that no notification told of
     */
    public record Jpa(@Min(1) @DefaultValue("16") int writeConnections, @Min(1) @DefaultValue("6") int readConnections,
            @DurationMin(millis = 1) @DefaultValue("3s") Duration lockTimeout,
            @DurationMin(millis = 1) @DefaultValue("5s") Duration statementTimeout,
            @Min(0) @DefaultValue("100000") int rememberedHeads,
            @DurationMin(millis = 1) @DefaultValue("5ms") Duration notifyEvery,
            @DurationMin(millis = 1) @DefaultValue("1s") Duration pollEvery) {
    }

    /**
     * Taking conversations in.
     *
     * @param maxSize the largest body of an import
     */
    public record Import(@MinSize("1KB") @DefaultValue("256MB") DataSize maxSize) {
    }

    /**
     * Browsers on other sites.
     *
     * @param allowedOrigins the sites whose pages may call the API; none by default
     */
    public record Cors(@DefaultValue List<String> allowedOrigins) {
        public Cors {
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }

    /**
     * Trying a write again that found its conversation busy.
     *
     * @param deadline all tries and waits of one call together end by then; a try is begun only if it can
     */
    public record Retry(@DurationMin(millis = 1) @DefaultValue("10s") Duration deadline) {
    }

    /**
     * Sessions.
     *
     * @param sweepEvery how often what has expired is removed, and turns are failed whose instance is dead
     */
    public record Session(@DurationMin(millis = 1) @DefaultValue("2s") Duration sweepEvery) {
    }

    /**
     * Turns.
     *
     * @param timeout how long an answer may take, waits for approval apart
     * @param lease how long after its last sign of life an instance counts as dead; it gives one each third of this
     * @param history how many of the conversation's latest messages the assistant is told
     */
    public record Turn(@DurationMin(seconds = 1) @DefaultValue("5m") Duration timeout,
            @DurationMin(seconds = 1) @DefaultValue("30s") Duration lease,
            @Min(1) @Max(1_000) @DefaultValue("100") int history) {
    }

    /**
     * What an assistant may ask for.
     *
     * @param approval the tools that are called only after a person has said yes
     */
    public record Tools(@DefaultValue("search_conversations") Set<String> approval) {
        public Tools {
            approval = Set.copyOf(approval);
        }
    }

    /**
     * Who answers.
     *
     * @param provider which assistant
     */
    public record Assistant(@NotNull @DefaultValue("offline") Provider provider, @Valid @DefaultValue OpenAi openai) {
        /** The assistants there are. */
        public enum Provider {
            /** Answers by plain rules, without a network: to try everything with. */
            OFFLINE,
            /** Any endpoint that speaks OpenAI's chat completions. */
            OPENAI
        }

        /**
         * The endpoint.
         *
         * @param baseUrl up to and including the version, {@code https://…/v1}
         * @param apiKey empty when the endpoint wants none
         * @param model for sessions that name none
         * @param connectTimeout until the connection stands
         * @param responseTimeout until the first piece of the answer
         * @param idleTimeout between two pieces
         */
        public record OpenAi(Optional<URI> baseUrl, Optional<String> apiKey, Optional<String> model,
                @DurationMin(millis = 1) @DefaultValue("10s") Duration connectTimeout,
                @DurationMin(millis = 1) @DefaultValue("60s") Duration responseTimeout,
                @DurationMin(millis = 1) @DefaultValue("30s") Duration idleTimeout) {
        }
    }
}
