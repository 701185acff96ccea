package dev.confab.adapter.persistence.jpa;

import com.zaxxer.hikari.HikariDataSource;

/** The present use of a connection pool: connections in use and not in use, and calls that wait for one. */
public record PoolUse(int active, int idle, int waiting) {

    static PoolUse of(HikariDataSource pool) {
        var bean = pool.getHikariPoolMXBean();
        return new PoolUse(bean.getActiveConnections(), bean.getIdleConnections(), bean.getThreadsAwaitingConnection());
    }
}
