package dev.confab.bootstrap.architecture.broken.bootstrap;

import javax.sql.DataSource;

record HoldsPool(DataSource pool) {
}
