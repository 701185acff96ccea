package dev.confab.bootstrap;

/**
 * What cursors are signed with unless {@code confab.cursor-secret} is set. Each store brings its own, as lasting and as widely
 * shared as what it stores: a cursor that one instance gave is good in every instance over the same storage, and after a restart.
 *
 * <p>On PostgreSQL it is a random row made with the schema, so that who knows the URL does not know it, and nobody has to set
 * one. Whoever can read that row can read every conversation anyway, and a forged cursor only makes its maker's own listing begin elsewhere.
 */
record CursorSecret(String value) {
    @Override
    public String toString() {
        return "CursorSecret";
    }
}
