package dev.confab.adapter.persistence.jpa;

import com.zaxxer.hikari.HikariDataSource;

/**
 * The present use of one of the two connection pools.
 *
 * @param active connections in use
 * @param idle connections not in use
 * @param waiting calls that wait for a connection
 */
public record PoolUse(int active, int idle, int waiting) {

    static PoolUse of(HikariDataSource pool) {
        var bean = pool.getHikariPoolMXBean();
        return new PoolUse(bean.getActiveConnections(), bean.getIdleConnections(), bean.getThreadsAwaitingConnection());
    }
}
