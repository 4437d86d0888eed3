package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK\r\n",
        "-ERR no\r\n",
        ":-1\r\n",
        "$-1\r\n",
        "$0\r\n\r\n",
        "$4\r\na\r\nb\r\n",
        "*-1\r\n",
        "*0\r\n",
        "*2\r\n:1\r\n*1\r\n$1\r\nx\r\n",
        "_\r\n",
        "#t\r\n",
        ",1.5\r\n",
        "(123456789012345678901\r\n",
        "=5\r\ntxt:a\r\n",
        "~1\r\n+a\r\n",
        "%1\r\n+a\r\n*2\r\n:1\r\n:2\r\n",
        ">2\r\n+a\r\n+b\r\n",
        "|1\r\n+k\r\n+v\r\n:5\r\n"
      })
  void readsExactlyOneReply(String reply) throws IOException {
    ReplyReader reader = reader(reply + "+NEXT\r\n");

    assertThat(Wire.text(reader.next())).isEqualTo(reply);
    assertThat(Wire.text(reader.next())).isEqualTo("+NEXT\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+", "+OK", "$4\r\nab", "*2\r\n:1\r\n", "%1\r\n+a\r\n"})
  void tellsWhenTheReplyIsCutOff(String part) {
    ReplyReader reader = reader(part);

    assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    assertThat(Wire.text(reader.partial())).isEqualTo(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK\r\n", "$x\r\n", "$1\r\nabc", ":1\rx"})
  void tellsWhenItIsNoReply(String junk) {
    ReplyReader reader = reader(junk);

    assertThatThrownBy(reader::next).isInstanceOf(IOException.class);
  }

  private static ReplyReader reader(String bytes) {
    return new ReplyReader(new ByteArrayInputStream(Wire.bytes(bytes)));
  }
}
