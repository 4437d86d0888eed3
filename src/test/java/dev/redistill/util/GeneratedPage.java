package dev.redistill.util;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of {@code src/docs} that is made from a table of the code: a test compares it, and with
 * {@code -Dredistill.regenerate} writes it.
 */
public final class GeneratedPage {

  private static final String COMMAND =
      "src/build/mvn -q test -Dtest='*PageTest' -Dredistill.regenerate";

  private GeneratedPage() {}

  /** Fails if the page is not this text, or writes it. */
  public static void check(String name, String text) throws IOException {
    Path page = Path.of("src/docs").resolve(name);
    String whole =
        text + "\nMade from the tables of the code: `" + COMMAND + "` writes this page anew.\n";
    if (System.getProperty("redistill.regenerate") != null) {
      Files.writeString(page, whole);
    }
    assertThat(Files.exists(page) ? Files.readString(page, UTF_8) : "")
        .as("%s is not what the code says: run %s", page, COMMAND)
        .isEqualTo(whole);
  }

  /** A text as a cell of a table has it. */
  public static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
