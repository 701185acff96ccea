package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.jpa.database.DatabaseCannotServe;
import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.row.TermsColumn;
import dev.confab.domain.conversation.OwnerId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for an owner in every table that names owners, and in the search terms of messages. It changes nothing. */
public final class OwnerRows {
    /** From the catalogue, so that a table of a later migration is searched too. */
    private static final String COUNTS = """
            SELECT table_name, format('SELECT count(*) FROM %I WHERE %I = ?', table_name, column_name) AS query
            FROM information_schema.columns
            WHERE table_schema = current_schema() AND column_name IN ('owner_id', 'owner') ORDER BY table_name""";
    private static final String TERMS = "SELECT count(*) FROM message WHERE terms @> ARRAY[?::text]";

    private OwnerRows() {
    }

    private record Count(String table, String query) {
    }

    /**
     * The tables that have rows of the owner, with their number.
     *
     * @throws DatabaseCannotServe if the database cannot be read
     */
    public static List<String> of(OwnerId owner, JpaStoreSettings settings) {
        JdbcClient database = JdbcClient.create(Connections.unpooled(settings));
        try {
            var found = new ArrayList<String>();
            List<Count> counts = database.sql(COUNTS)
                    .query((row, _) -> new Count(row.getString("table_name"), row.getString("query"))).list();
            if (counts.isEmpty()) {
                throw new DatabaseCannotServe("The database has no tables of Confab.");
            }
            counts.forEach(count -> add(found, count.table(), database, count.query(), owner.value()));
            add(found, "message, search terms", database, TERMS, TermsColumn.mark(owner));
            return found;
        } catch (DataAccessException e) {
            throw new DatabaseCannotServe("The database cannot be read: " + SqlFailures.message(e), e);
        }
    }

    private static void add(List<String> found, String place, JdbcClient database, String query, String value) {
        long rows = database.sql(query).param(value).query(Long.class).single();
        if (rows > 0) {
            found.add(place + ": " + rows + (rows == 1 ? " row" : " rows"));
        }
    }
}
