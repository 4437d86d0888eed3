package dev.redistill.snapshot;

import dev.redistill.store.Field;
import dev.redistill.store.SetBuilder;
import dev.redistill.store.SetLimits;
import dev.redistill.store.SetValue;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads sets in all their encodings. Confined to one thread. */
final class SetReader {

  private final RdbInput input;
  private final SetLimits limits;

  SetReader(RdbInput input, SetLimits limits) {
    this.input = input;
    this.limits = limits;
  }

  /** Whether a type is that of a set. */
  static boolean knows(int type) {
    return type == RdbFormat.SET || type == RdbFormat.SET_INTSET || type == RdbFormat.SET_LISTPACK;
  }

  /** Reads a set of a type that is one; answers null for one without members. */
  @Nullable SetValue read(int type) throws IOException {
    SetValue set =
        switch (type) {
          case RdbFormat.SET_INTSET -> build(IntegerSet.unpack(input.readString()));
          case RdbFormat.SET_LISTPACK -> build(PackedElements.ofListpack(input.readString()));
          default -> readMembers();
        };
    return set.size() == 0 ? null : set;
  }

  private SetValue readMembers() throws IOException {
    long count = input.readCount(1);
    SetBuilder builder = new SetBuilder(limits, count);
    for (long i = 0; i < count; i++) {
      add(builder, input.readString());
    }
    return builder.finish();
  }

  private SetValue build(List<byte[]> members) throws RdbException {
    SetBuilder builder = new SetBuilder(limits, members.size());
    for (byte[] member : members) {
      add(builder, member);
    }
    return builder.finish();
  }

  private void add(SetBuilder builder, byte[] member) throws RdbException {
    boolean integer = IntegerText.isLong(member, 0, member.length);
    if (!builder.add(new Field().name(member, 0, member.length), integer)) {
      throw input.damaged("a set has the same member twice");
    }
  }
}
