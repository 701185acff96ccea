package dev.confab.adapter.web.server;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 with small buffers, because an event stream holds all of its connection's buffers for as long as it is open. Tomcat creates
 * this class by its name.
 */
public final class SmallBufferProtocol extends Http11NioProtocol {
    private static final int RESPONSE_BYTES = 2 * 1024;

    /** For each response Tomcat allocates this many bytes and as many chars; a longer response passes through them. */
    @Override
    public int getDesiredBufferSize() {
        return RESPONSE_BYTES;
    }

    /** Called last of all customizers, because Spring Boot's own sets a larger size for response headers. */
    static void shrinkBuffers(Connector connector) {
        connector.setProperty("socket.appReadBufSize", "2048");
        connector.setProperty("socket.appWriteBufSize", "2048");
        connector.setProperty("maxHttpResponseHeaderSize", "2048");
        connector.setProperty("maxTrailerSize", "1024");
    }
}
