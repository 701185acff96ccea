# The image of the server: the jar unpacked into layers, an ahead-of-time cache of its classes, a user without rights.
#
#   mvn -DskipTests package && docker build -t confab .
#
# BASE is any image with a JRE 25 and a shell.
ARG BASE=eclipse-temurin:25-jre

FROM ${BASE} AS unpacked
WORKDIR /unpacked
COPY bootstrap/target/confab.jar confab.jar
RUN java -Djarmode=tools -jar confab.jar extract --layers --destination layers

FROM ${BASE}
RUN groupadd --system --gid 10001 confab && useradd --system --uid 10001 --gid confab --home-dir /data confab \
    && mkdir /data /app && chown confab:confab /data /app
WORKDIR /app
# From what changes rarely to what changes with each build, so that a new build sends little.
COPY --from=unpacked /unpacked/layers/dependencies/ ./
COPY --from=unpacked /unpacked/layers/spring-boot-loader/ ./
COPY --from=unpacked /unpacked/layers/snapshot-dependencies/ ./
COPY --from=unpacked /unpacked/layers/application/ ./
USER confab
# Starts the server once and writes the classes it loaded, linked, into a cache for the next starts (JEP 514). The JVM takes the cache
# only with the options about modules that it was made with.
RUN java -XX:AOTCacheOutput=/app/confab.aot --enable-native-access=ALL-UNNAMED -Dspring.context.exit=onRefresh -jar confab.jar \
      --confab.file.directory=/tmp/training && rm -rf /tmp/training
# Reachable from outside the container, so callers must log in; docs/security.md says how.
ENV SERVER_ADDRESS=0.0.0.0 \
    CONFAB_SECURITY=api-keys \
    CONFAB_FILE_DIRECTORY=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD \
    ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/liveness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200'* ]]"]
STOPSIGNAL SIGTERM
# An orchestrator restarts the process: nothing acknowledged is lost by an exit at any moment.
ENTRYPOINT ["java", "-XX:AOTCache=/app/confab.aot", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=70", \
    "--enable-native-access=ALL-UNNAMED", "-jar", "/app/confab.jar"]
