package dev.redistill.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordsTest {

  @Test
  void words_areSplitAtWhiteSpace() {
    assertThat(Words.split("  save\t900   1 \r")).containsExactly("save", "900", "1");
    assertThat(Words.split("   ")).isEmpty();
  }

  @Test
  void doubleQuotes_knowEscapes() {
    assertThat(Words.split("a \"b c\" \"\\\"\\\\\\n\\r\\t\\b\\a\\q\" \"\""))
        .containsExactly("a", "b c", "\"\\\n\r\t\b\u0007q", "");
  }

  @Test
  void hexEscapes_areBytes() {
    assertThat(Words.split("\"\\x41\\xc3\\xa9\\xg0\\x4\"")).containsExactly("Aéxg0x4");
  }

  @Test
  void singleQuotes_knowOneEscape() {
    assertThat(Words.split("'it\\'s' 'a\\nb'")).containsExactly("it's", "a\\nb");
  }

  @Test
  void quotesInsideAWord_endIt() {
    assertThat(Words.split("a\"b c\" d")).containsExactly("ab c", "d");
  }

  @Test
  void hashInsideALine_isNoComment() {
    assertThat(Words.split("requirepass a#b #c")).containsExactly("requirepass", "a#b", "#c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a", "'a", "\"a\"b", "'a'b", "\"a\\", "\"a\\\"", "'a\\'", "a \""})
  void unbalancedQuotes_areRefused(String line) {
    assertThatThrownBy(() -> Words.split(line))
        .isInstanceOf(BadValueException.class)
        .hasMessage("Unbalanced quotes in configuration line");
  }

  @Test
  void cuttingALineAnywhere_neverFailsOtherwise() {
    String line = "a \"b\\x41\\n\\\"c\" 'd\\'e' f\"g\" é";
    for (int end = 0; end <= line.length(); end++) {
      String cut = line.substring(0, end);
      try {
        assertThat(Words.split(cut)).as(cut).doesNotContainNull();
      } catch (BadValueException e) {
        assertThat(e).as(cut).hasMessage("Unbalanced quotes in configuration line");
      }
    }
  }

  @Test
  void euroSign_staysWhole() {
    assertThat(Words.split("€ \"€\"")).isEqualTo(List.of("€", "€"));
  }
}
