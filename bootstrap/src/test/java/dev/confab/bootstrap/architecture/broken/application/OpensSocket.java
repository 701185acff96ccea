package dev.confab.bootstrap.architecture.broken.application;

import java.net.Socket;

record OpensSocket(Socket socket) {
}
