package dev.redistill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.store.Footprint;
import org.junit.jupiter.api.Test;

/** The table of the keys that clients have read. */
final class ReadersTest {

  private final Readers readers = new Readers();

  @Test
  void footprint_followsKeysAndTheirReaders() {
    readers.add("one", 1);
    long ofOne = readers.footprint();
    assertThat(ofOne).isEqualTo(Footprint.readers(3, 1)).isGreaterThan(80);

    readers.add("one", 1);
    assertThat(readers.footprint()).isEqualTo(ofOne);
    readers.add("one", 2);
    assertThat(readers.footprint()).isEqualTo(ofOne + 8);
    readers.add("a longer key", 1);
    assertThat(readers.footprint()).isGreaterThan(2 * ofOne);

    assertThat(readers.remove("one")).containsExactly(1, 2);
    assertThat(readers.footprint()).isEqualTo(Footprint.readers(12, 1));
    readers.clear();
    assertThat(readers.footprint()).isZero();
    assertThat(readers.size() + readers.items()).isZero();
  }
}
