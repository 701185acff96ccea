package dev.confab.adapter.persistence.jpa;

import com.zaxxer.hikari.HikariDataSource;

/**
 * The use of one of the two pools now.
 *
 * @param active connections at work
 * @param idle connections at hand
 * @param waiting calls that wait for one
 */
public record PoolUse(int active, int idle, int waiting) {

    static PoolUse of(HikariDataSource pool) {
        var bean = pool.getHikariPoolMXBean();
        return new PoolUse(bean.getActiveConnections(), bean.getIdleConnections(), bean.getThreadsAwaitingConnection());
    }
}
