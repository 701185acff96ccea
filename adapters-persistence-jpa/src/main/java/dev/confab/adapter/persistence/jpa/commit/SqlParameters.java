package dev.confab.adapter.persistence.jpa.commit;

import java.lang.reflect.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds the parameters of a statement, one after another. */
final class SqlParameters {
    private final PreparedStatement statement;
    private int index;

    SqlParameters(PreparedStatement statement) {
        this.statement = statement;
    }

    SqlParameters add(@Nullable Object value) throws SQLException {
        Object bound = value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
        statement.setObject(++index, bound);
        return this;
    }

    SqlParameters add(String type, @Nullable Object[] array) throws SQLException {
        statement.setArray(++index, statement.getConnection().createArrayOf(type, array));
        return this;
    }

    /** Binds columns of the same rows, each as an array, for an {@code unnest}. */
    <T> Columns<T> columns(List<T> rows) {
        return new Columns<>(rows);
    }

    final class Columns<T> {
        private final List<T> rows;

        private Columns(List<T> rows) {
            this.rows = rows;
        }

        Columns<T> uuid(Function<T, @Nullable Object> value) throws SQLException {
            return add("uuid", Object.class, value);
        }

        Columns<T> text(Function<T, @Nullable String> value) throws SQLException {
            return add("text", String.class, value);
        }

        Columns<T> time(Function<T, @Nullable Instant> value) throws SQLException {
            return add("timestamptz", String.class, row -> {
                Instant time = value.apply(row);
                return time == null ? null : time.toString();
            });
        }

        Columns<T> int4(Function<T, @Nullable Integer> value) throws SQLException {
            return add("int4", Integer.class, value);
        }

        Columns<T> int8(Function<T, @Nullable Long> value) throws SQLException {
            return add("int8", Long.class, value);
        }

        Columns<T> bytea(Function<T, byte @Nullable []> value) throws SQLException {
            return add("bytea", byte[].class, value);
        }

        @SuppressWarnings("unchecked") // The array is created with the class of its elements.
        private <C> Columns<T> add(String type, Class<C> elements, Function<T, @Nullable C> value)
                throws SQLException {
            var column = (@Nullable C[]) Array.newInstance(elements, rows.size());
            for (int row = 0; row < column.length; row++) {
                column[row] = value.apply(rows.get(row));
            }
            SqlParameters.this.add(type, column);
            return this;
        }
    }
}
