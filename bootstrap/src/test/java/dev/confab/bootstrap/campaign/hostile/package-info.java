/**
 * Writers that change shared conversations in every way the API has, while clients beside them attack the server with hostile and
 * malformed requests. Every acknowledged change is written down with its version, so that the history of each conversation can be
 * replayed afterwards and compared with what the server returns.
 */
@NullMarked
package dev.confab.bootstrap.campaign.hostile;

import org.jspecify.annotations.NullMarked;
