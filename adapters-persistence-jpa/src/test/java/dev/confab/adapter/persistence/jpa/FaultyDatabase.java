package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.contract.harness.Faults;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The writers' connections, made to fail at the statement that commits. */
final class FaultyDatabase implements Faults {
    private final DataSource real;
    private final AtomicReference<@Nullable Failure> armed = new AtomicReference<>();
    /** An unknown outcome is each of the two by turns. */
    private boolean commitsAnyway;
    private volatile boolean dead;

    FaultyDatabase(DataSource real) {
        this.real = real;
    }

    @Override
    public void failNextCommit(Failure failure) {
        armed.set(failure);
    }

    /** The next commit does not fail any more. */
    void disarm() {
        armed.set(null);
    }

    /** From now on nothing reaches the database. */
    void die() {
        dead = true;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, real, (method, arguments) -> {
            refuseWhenDead();
            Object result = invoke(real, method, arguments);
            return result instanceof Connection connection ? faulty(connection) : result;
        });
    }

    private Connection faulty(Connection connection) {
        return proxy(Connection.class, connection, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                return failing(connection, () -> invoke(connection, method, arguments));
            }
            Object result = invoke(connection, method, arguments);
            boolean alone = result instanceof PreparedStatement && connection.getAutoCommit();
            return alone && isCommit((String) arguments[0])
                    ? faulty(connection, (PreparedStatement) result)
                    : result;
        });
    }

    /** A commit of a conversation, a change of API keys, or the fence of an erasure. */
    private static boolean isCommit(String sql) {
        return Stream.of("WITH c AS", "DELETE FROM conversation", "SELECT fence_owner", "UPDATE api_key",
                "DELETE FROM api_key").anyMatch(sql::startsWith);
    }

    private PreparedStatement faulty(Connection connection, PreparedStatement statement) {
        return proxy(PreparedStatement.class, statement,
                (method, arguments) -> Set.of("executeQuery", "executeUpdate").contains(method.getName())
                        ? failing(connection, () -> invoke(statement, method, arguments))
                        : invoke(statement, method, arguments));
    }

    private Object failing(Connection connection, Call committing) throws Throwable {
        refuseWhenDead();
        Failure failure = armed.getAndSet(null);
        if (failure == null) {
            return committing.run();
        }
        if (failure == Failure.REFUSED) {
            throw new SQLException("the disk is full", "53100");
        }
        commitsAnyway = !commitsAnyway;
        if (commitsAnyway) {
            committing.run();
        }
        connection.abort(Runnable::run);
        throw new SQLException("the connection broke", "08006");
    }

    private void refuseWhenDead() throws SQLException {
        if (dead) {
            throw new SQLException("this process is dead", "08006");
        }
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Object target, Handler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (self, method, arguments) -> handler.handle(method, arguments)));
    }

    @FunctionalInterface
    private interface Handler {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    @FunctionalInterface
    private interface Call {
        Object run() throws Throwable;
    }
}
