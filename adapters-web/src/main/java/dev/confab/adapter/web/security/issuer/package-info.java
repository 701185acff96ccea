/**
 * Log-in with the JSON Web Tokens of an issuer. {@code IssuerJwtDecoder} checks a token that came with a request, and {@code JwtCallers}
 * makes a caller of it. A person with a browser is led to the issuer and back: {@code RedirectLogIn} sets this up, {@code LogInUnderWay}
 * is the cookie meanwhile, {@code LogInEnd} what comes of it.
 */
@NullMarked
package dev.confab.adapter.web.security.issuer;

import org.jspecify.annotations.NullMarked;
