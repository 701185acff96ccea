@NullMarked
package dev.confab.bootstrap.architecture.broken.domain.undocumented;

import org.jspecify.annotations.NullMarked;
