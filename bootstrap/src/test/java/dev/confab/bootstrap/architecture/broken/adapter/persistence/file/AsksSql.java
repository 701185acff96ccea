package dev.confab.bootstrap.architecture.broken.adapter.persistence.file;

import java.sql.Connection;

record AsksSql(Connection connection) {
}
