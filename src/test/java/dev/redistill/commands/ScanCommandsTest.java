package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ScanCommandsTest {

  private static final Pattern KEY = Pattern.compile("\"(k\\d+)\"");
  private static final Pattern CURSOR = Pattern.compile("\\[\"(\\d+)\", ");

  private final Console console = new Console();

  private void fill(int keys) {
    for (int i = 0; i < keys; i++) {
      console.run("SET", "k" + i, "v");
    }
  }

  private static Set<String> keys(String reply) {
    Set<String> keys = new TreeSet<>();
    KEY.matcher(reply).results().forEach(result -> keys.add(result.group(1)));
    return keys;
  }

  @Test
  void keys_answersWhatMatches() {
    fill(20);
    assertThat(keys(console.run("KEYS", "*"))).hasSize(20);
    assertThat(keys(console.run("KEYS", "k1?"))).hasSize(10);
    assertThat(console.run("KEYS", "[ck]7")).isEqualTo("[\"k7\"]");
    assertThat(console.run("KEYS", "none*")).isEqualTo("[]");
  }

  @Test
  void keys_leavesOutWhatIsDue() {
    fill(3);
    console.run("PEXPIRE", "k1", "10");
    assertThat(keys(console.advance(11).run("KEYS", "*"))).containsExactly("k0", "k2");
    assertThat(keys(console.run("SCAN", "0", "COUNT", "100"))).containsExactly("k0", "k2");
  }

  @Test
  void onlyTheStarAlone_findsTheEmptyKey() {
    console.run("SET", "", "v");
    assertThat(console.run("KEYS", "*")).isEqualTo("[\"\"]");
    assertThat(console.run("KEYS", "**")).isEqualTo("[]");
    assertThat(console.run("SCAN", "0", "MATCH", "*", "COUNT", "100")).isEqualTo("[\"0\", [\"\"]]");
    assertThat(console.run("SCAN", "0", "MATCH", "**", "COUNT", "100")).isEqualTo("[\"0\", []]");
  }

  @Test
  void scan_comesToAnEndAndShowsEverything() {
    fill(500);
    Set<String> shown = new TreeSet<>();
    String cursor = "0";
    int calls = 0;
    do {
      String reply = console.run("SCAN", cursor, "COUNT", "10");
      shown.addAll(keys(reply));
      Matcher matcher = CURSOR.matcher(reply);
      assertThat(matcher.lookingAt()).isTrue();
      cursor = matcher.group(1);
      calls++;
    } while (!cursor.equals("0"));
    assertThat(shown).hasSize(500);
    assertThat(calls).isBetween(20, 500);
  }

  @Test
  void scan_filters() {
    fill(20);
    assertThat(keys(console.run("SCAN", "0", "MATCH", "k?", "COUNT", "1000"))).hasSize(10);
    assertThat(keys(console.run("SCAN", "0", "TYPE", "STRING", "COUNT", "1000"))).hasSize(20);
    assertThat(console.run("SCAN", "0", "COUNT", "1000", "TYPE", "hash")).isEqualTo("[\"0\", []]");
    assertThat(console.run("SCAN", "0", "COUNT", "1000", "TYPE", "what")).isEqualTo("[\"0\", []]");
  }

  @Test
  void scan_readsACursorAsCDoes() {
    String empty = "[\"0\", []]";
    for (String cursor : new String[] {"0", "", "+0", "-1", "0\0x", "18446744073709551615"}) {
      assertThat(console.run("SCAN", cursor)).as(cursor).isEqualTo(empty);
    }
    for (String cursor : new String[] {"x", " 0", "0 ", "-", "+-1", "18446744073709551616"}) {
      assertThat(console.run("SCAN", cursor)).as(cursor).isEqualTo("(error) ERR invalid cursor");
    }
  }

  @Test
  void scan_checksItsOptions() {
    assertThat(console.run("SCAN", "x", "foo")).isEqualTo("(error) ERR invalid cursor");
    assertThat(console.run("SCAN", "0", "COUNT", "0")).isEqualTo("(error) ERR syntax error");
    assertThat(console.run("SCAN", "0", "COUNT", "x"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
    assertThat(console.run("SCAN", "0", "COUNT")).isEqualTo("(error) ERR syntax error");
    assertThat(console.run("SCAN", "0", "MATCH")).isEqualTo("(error) ERR syntax error");
    assertThat(console.run("SCAN", "0", "NOVALUES")).isEqualTo("(error) ERR syntax error");
    assertThat(console.run("SCAN", "0", "COUNT", "9223372036854775807")).isEqualTo("[\"0\", []]");
  }
}
