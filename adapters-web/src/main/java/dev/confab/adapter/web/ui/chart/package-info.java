/** Charts that are drawn here, as shapes with their places, and that a template writes as SVG with a table beside each. */
@NullMarked
package dev.confab.adapter.web.ui.chart;

import org.jspecify.annotations.NullMarked;
