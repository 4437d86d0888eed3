package dev.redistill.snapshot;

import java.io.IOException;

/** Steps over values of types that this server does not have, and over what modules wrote. */
final class ForeignValues {

  private static final int STREAM_ID = 16;
  private static final int MODULE_END = 0;
  private static final int MODULE_SIGNED = 1;
  private static final int MODULE_UNSIGNED = 2;
  private static final int MODULE_FLOAT = 3;
  private static final int MODULE_DOUBLE = 4;
  private static final int MODULE_STRING = 5;

  private final RdbInput input;

  ForeignValues(RdbInput input) {
    this.input = input;
  }

  /** Steps over a value of a type that has a name in {@link RdbFormat#foreignType}. */
  void skip(int type) throws IOException {
    switch (type) {
      case RdbFormat.LIST, RdbFormat.LIST_QUICKLIST -> skipStrings();
      case RdbFormat.SORTED_SET -> skipMembers(true);
      case RdbFormat.SORTED_SET_2 -> skipMembers(false);
      case RdbFormat.LIST_QUICKLIST_2 -> skipNodes();
      case RdbFormat.STREAM -> skipStream(1);
      case RdbFormat.STREAM_2 -> skipStream(2);
      case RdbFormat.STREAM_3 -> skipStream(3);
      case RdbFormat.MODULE_2 -> {
        skipNumbers(1);
        skipModuleValue();
      }
      default -> input.skipString();
    }
  }

  private void skipStrings() throws IOException {
    for (long left = input.readCount(1); left > 0; left--) {
      input.skipString();
    }
  }

  private void skipNumbers(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      long unused = input.readUnsigned();
    }
  }

  private void skipMembers(boolean scoresAsText) throws IOException {
    for (long left = input.readCount(2); left > 0; left--) {
      input.skipString();
      if (scoresAsText) {
        int length = input.readByte();
        /* 253 to 255 are not a number and the two infinities. */
        input.skip(length >= 253 ? 0 : length);
      } else {
        input.skip(Double.BYTES);
      }
    }
  }

  private void skipNodes() throws IOException {
    for (long left = input.readCount(2); left > 0; left--) {
      skipNumbers(1);
      input.skipString();
    }
  }

  private void skipStream(int version) throws IOException {
    for (long left = input.readCount(2); left > 0; left--) {
      input.skipString();
      input.skipString();
    }
    skipNumbers(version == 1 ? 3 : 8);
    for (long groups = input.readCount(1); groups > 0; groups--) {
      input.skipString();
      skipNumbers(version == 1 ? 2 : 3);
      for (long pending = input.readCount(STREAM_ID); pending > 0; pending--) {
        input.skip(STREAM_ID + Long.BYTES);
        skipNumbers(1);
      }
      skipConsumers(version);
    }
  }

  private void skipConsumers(int version) throws IOException {
    for (long consumers = input.readCount(1); consumers > 0; consumers--) {
      input.skipString();
      input.skip(version == 3 ? 2 * Long.BYTES : Long.BYTES);
      for (long pending = input.readCount(STREAM_ID); pending > 0; pending--) {
        input.skip(STREAM_ID);
      }
    }
  }

  /** Steps over what a module wrote behind its name. */
  void skipModuleValue() throws IOException {
    while (true) {
      int kind = (int) Math.min(input.readLength(), Integer.MAX_VALUE);
      switch (kind) {
        case MODULE_END -> {
          return;
        }
        case MODULE_SIGNED, MODULE_UNSIGNED -> skipNumbers(1);
        case MODULE_FLOAT -> input.skip(Float.BYTES);
        case MODULE_DOUBLE -> input.skip(Double.BYTES);
        case MODULE_STRING -> input.skipString();
        default -> throw input.damaged("the value of a module has a part of an unknown kind");
      }
    }
  }

  /** Steps over what modules wrote outside of keys. */
  void skipModuleSection() throws IOException {
    skipNumbers(1);
    skipModuleValue();
  }

  /** Steps over the slots that a cluster of Valkey was importing. */
  void skipSlotImport() throws IOException {
    input.skipString();
    for (long ranges = input.readCount(2); ranges > 0; ranges--) {
      skipNumbers(2);
    }
  }

  /** Steps over the sizes of a slot. */
  void skipSlotInfo() throws IOException {
    skipNumbers(3);
  }
}
