/** What the templates show, ready to be shown. Public, because the templates' expressions read it by reflection. */
@NullMarked
package dev.confab.adapter.web.ui.view;

import org.jspecify.annotations.NullMarked;
