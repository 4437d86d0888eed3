package dev.redistill.resp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {

  private static String text(String characters) {
    return Printable.text(characters.getBytes(UTF_8));
  }

  @Test
  void whatCanBeSeen_staysAsItIs() {
    assertThat(text("user:1 <b>é日本</b> 🙂")).isEqualTo("user:1 <b>é日本</b> 🙂");
  }

  @Test
  void whatCannotBeSeen_isEscaped() {
    assertThat(text("a\u0000\r\n\\\u202eb")).isEqualTo("a\\x00\\x0d\\x0a\\\\\\xe2\\x80\\xaeb");
  }

  @Test
  void otherBytes_areEscapedOneByOne() {
    assertThat(Printable.text(new byte[] {'a', (byte) 0xff, (byte) 0xc3})).isEqualTo("a\\xff\\xc3");
  }

  @Test
  void ascii_escapesTheRest() {
    assertThat(Printable.ascii("é\"".getBytes(UTF_8))).isEqualTo("\\xc3\\xa9\\\"");
  }
}
