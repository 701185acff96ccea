package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

class BuffersTest extends WebTest {
    @Autowired
    WebServerApplicationContext application;

    /** An open event stream holds all of them. */
    @Test
    void the_buffers_of_a_connection_are_small() {
        var tomcat = ((TomcatWebServer) application.getWebServer()).getTomcat();
        Connector connector = tomcat.getConnector();
        var protocol = (Http11NioProtocol) connector.getProtocolHandler();

        assertThat(protocol.getDesiredBufferSize()).isEqualTo(2048);
        assertThat(protocol.getMaxHttpResponseHeaderSize()).isEqualTo(2048);
        assertThat(protocol.getMaxTrailerSize()).isEqualTo(1024);
        assertThat(connector.getProperty("socket.appReadBufSize")).isEqualTo("2048");
        assertThat(connector.getProperty("socket.appWriteBufSize")).isEqualTo("2048");
        assertThat(protocol.getMaxConnections()).isEqualTo(TestServer.MAX_CONNECTIONS);
    }
}
