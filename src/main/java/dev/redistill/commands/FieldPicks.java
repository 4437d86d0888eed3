package dev.redistill.commands;

import dev.redistill.store.Field;
import dev.redistill.store.HashValue;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Picks some of the fields of a hash, or of the members of a set, by chance. */
final class FieldPicks {

  private static final int FEW = 3;

  private FieldPicks() {}

  /** Picks so many times, whatever was picked before; there has to be a field. */
  static void repeating(
      HashValue hash, long count, RandomGenerator chance, Consumer<Field> consumer) {
    HashValue.Picker picker = hash.picker(chance);
    Field field = new Field();
    for (long i = 0; i < count; i++) {
      long unused = picker.pick(field);
      consumer.accept(field);
    }
  }

  /** Picks so many different fields, of which there have to be as many. */
  static void different(
      HashValue hash, int count, RandomGenerator chance, Consumer<Field> consumer) {
    if (count < hash.size() / FEW) {
      HashValue.Picker picker = hash.picker(chance);
      Set<Long> picked = new HashSet<>();
      Field field = new Field();
      while (picked.size() < count) {
        if (picked.add(picker.pick(field))) {
          consumer.accept(field);
        }
      }
      return;
    }
    /* Goes through all fields and takes each with the chance that is left for it (Knuth, TAOCP
    volume 2, algorithm 3.4.2 S). */
    int[] left = {hash.size(), count};
    hash.forEach(field -> {
      if (chance.nextInt(left[0]--) < left[1]) {
        left[1]--;
        consumer.accept(field);
      }
    });
  }
}
