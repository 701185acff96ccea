package dev.confab.adapter.persistence.jpa.commit;

import java.lang.reflect.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds the parameters of a statement, one after another. */
final class SqlParameters {
    private final PreparedStatement statement;
    private int index;

    SqlParameters(PreparedStatement statement) {
        this.statement = statement;
    }

    /** A type of PostgreSQL, with the Java array from which the driver makes an array of that type. */
    enum Type {
        INT4(Integer.class), INT8(Long.class), TEXT(String.class), BYTEA(byte[].class), UUID(Object.class), TIMESTAMPTZ(
                Object.class);

        private final Class<?> element;

        Type(Class<?> element) {
            this.element = element;
        }
    }

    SqlParameters add(@Nullable Object value) throws SQLException {
        Object bound = value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
        statement.setObject(++index, bound);
        return this;
    }

    SqlParameters add(Type type, Object[] array) throws SQLException {
        statement.setArray(++index,
                statement.getConnection().createArrayOf(type.name().toLowerCase(Locale.ROOT), array));
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

        Columns<T> add(Type type, Function<T, @Nullable Object> value) throws SQLException {
            SqlParameters.this.add(type,
                    rows.stream().map(value).toArray(size -> (Object[]) Array.newInstance(type.element, size)));
            return this;
        }
    }
}
