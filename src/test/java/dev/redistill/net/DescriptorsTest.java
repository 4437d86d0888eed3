package dev.redistill.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.commands.Console;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DescriptorsTest {

  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             95000                95000                processes
      Max open files            %s                 20000                files
      Max locked memory         8388608              8388608              bytes
      """;

  @Test
  void theLimit_isTheSoftOne() {
    assertThat(Descriptors.limit(LIMITS.formatted("1024").lines().toList())).isEqualTo(1024);
    assertThat(Descriptors.limit(LIMITS.formatted("unlimited").lines().toList()))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(Descriptors.limit(List.of())).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void moreClientsThanDescriptors_areRefusedInTheWordsOfRedis() {
    Console console = new Console();
    Descriptors.bound(console.services().config(), 164);
    assertThat(console.run("CONFIG", "GET", "maxclients")).contains("100").doesNotContain("10000");
    assertThat(console.run("CONFIG", "SET", "maxclients", "100")).contains("OK");
    assertThat(console.run("CONFIG", "SET", "maxclients", "101"))
        .contains(
            "The operating system is not able to handle the specified number of clients, try with"
                + " 100");
    assertThat(console.run("CONFIG", "GET", "maxclients")).contains("100").doesNotContain("101");
  }
}
