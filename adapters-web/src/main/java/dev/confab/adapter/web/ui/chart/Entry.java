package dev.confab.adapter.web.ui.chart;

/** What a bar stands for. */
public record Entry(String label, long value) {
}
