package dev.confab.domain.chatexport;

/** The order of day (D), month (M) and year (Y) in a date of numbers. */
public enum DateOrder {
    DMY, MDY, YMD
}
