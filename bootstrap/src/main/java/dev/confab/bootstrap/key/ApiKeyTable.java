package dev.confab.bootstrap.key;

import dev.confab.bootstrap.terminal.PrintableText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table for a terminal, with columns as wide as their widest cell. */
final class ApiKeyTable {
    private static final List<String> HEADER = List.of("ID", "OWNER", "NAME", "SCOPES", "STATE", "LAST USED");
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>(List.of(HEADER));

    void add(List<String> cells) {
        // The name of a key may come from another person, and must not command this person's terminal.
        rows.add(cells.stream().map(PrintableText::inline).toList());
    }

    void print(PrintWriter out) {
        int[] widths = IntStream.range(0, HEADER.size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)).toArray();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
