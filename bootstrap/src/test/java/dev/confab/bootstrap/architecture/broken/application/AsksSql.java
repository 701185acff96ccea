package dev.confab.bootstrap.architecture.broken.application;

import java.sql.Connection;

record AsksSql(Connection connection) {
}
