package dev.redistill.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The elements of the blocks that Redis keeps small collections in: listpacks, the ziplists before
 * them, and the zipmaps before those. Everything a block says of itself is checked.
 */
final class PackedElements {

  private static final int END = 0xff;
  private static final int MANY = 0xffff;

  private final byte[] block;
  private final List<byte[]> elements = new ArrayList<>();
  private int at;

  private PackedElements(byte[] block) {
    this.block = block;
  }

  static List<byte[]> ofListpack(byte[] block) throws RdbException {
    return new PackedElements(block).readListpack();
  }

  static List<byte[]> ofZiplist(byte[] block) throws RdbException {
    return new PackedElements(block).readZiplist();
  }

  static List<byte[]> ofZipmap(byte[] block) throws RdbException {
    return new PackedElements(block).readZipmap();
  }

  private static RdbException damaged(String kind) {
    return new RdbException("a " + kind + " is damaged");
  }

  private int next() throws RdbException {
    if (at >= block.length) {
      throw damaged("packed block");
    }
    return block[at++] & 0xff;
  }

  /** A number of so many bytes, the lowest first. */
  private long littleEndian(int bytes) throws RdbException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  /** The same with a sign. */
  private long signed(int bytes) throws RdbException {
    int spare = Long.SIZE - 8 * bytes;
    return (littleEndian(bytes) << spare) >> spare;
  }

  private long bigEndian(int bytes) throws RdbException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | next();
    }
    return value;
  }

  private void addNumber(long number) {
    elements.add(Long.toString(number).getBytes(StandardCharsets.ISO_8859_1));
  }

  private void addBytes(long length) throws RdbException {
    if (length > block.length - at) {
      throw damaged("packed block");
    }
    elements.add(Arrays.copyOfRange(block, at, at + (int) length));
    at += (int) length;
  }

  private void checkEnd(String kind, long count) throws RdbException {
    boolean counted = count == MANY || count == elements.size();
    if (at != block.length || !counted) {
      throw damaged(kind);
    }
  }

  private List<byte[]> readListpack() throws RdbException {
    long size = littleEndian(4);
    long count = littleEndian(2);
    if (size != block.length) {
      throw damaged("listpack");
    }
    int first = next();
    while (first != END) {
      int start = at - 1;
      readListpackElement(first);
      checkBackLength(at - start);
      first = next();
    }
    checkEnd("listpack", count);
    return elements;
  }

  private void readListpackElement(int first) throws RdbException {
    if (first < 0x80) {
      addNumber(first);
    } else if (first < 0xc0) {
      addBytes(first & 0x3f);
    } else if (first < 0xe0) {
      addNumber((long) ((first & 0x1f) << 8 | next()) << 51 >> 51);
    } else if (first < 0xf0) {
      addBytes((first & 0x0f) << 8 | next());
    } else {
      readLongListpackElement(first);
    }
  }

  private void readLongListpackElement(int first) throws RdbException {
    switch (first) {
      case 0xf0 -> addBytes(littleEndian(4));
      case 0xf1 -> addNumber(signed(2));
      case 0xf2 -> addNumber(signed(3));
      case 0xf3 -> addNumber(signed(4));
      case 0xf4 -> addNumber(littleEndian(8));
      default -> throw damaged("listpack");
    }
  }

  /** Behind an element stands its size, seven bits in a byte, the highest first. */
  private void checkBackLength(int size) throws RdbException {
    int bytes = 1;
    while (bytes < 5 && size >>> (7 * bytes) != 0) {
      bytes++;
    }
    long stated = 0;
    for (int i = 0; i < bytes; i++) {
      int part = next();
      if (part >>> 7 != (i == 0 ? 0 : 1)) {
        throw damaged("listpack");
      }
      stated = stated << 7 | (part & 0x7f);
    }
    if (stated != size) {
      throw damaged("listpack");
    }
  }

  private List<byte[]> readZiplist() throws RdbException {
    long size = littleEndian(4);
    long tail = littleEndian(4);
    long count = littleEndian(2);
    if (size != block.length) {
      throw damaged("ziplist");
    }
    int last = at;
    int before = 0;
    int first = next();
    while (first != END) {
      int start = at - 1;
      long stated = first == 0xfe ? littleEndian(4) : first;
      if (stated != before) {
        throw damaged("ziplist");
      }
      readZiplistElement(next());
      last = start;
      before = at - start;
      first = next();
    }
    if (tail != last) {
      throw damaged("ziplist");
    }
    checkEnd("ziplist", count);
    return elements;
  }

  private void readZiplistElement(int first) throws RdbException {
    switch (first >>> 6) {
      case 0 -> addBytes(first & 0x3f);
      case 1 -> addBytes((first & 0x3f) << 8 | next());
      case 2 -> addBytes(bigEndian(4));
      default -> readZiplistNumber(first);
    }
  }

  private void readZiplistNumber(int first) throws RdbException {
    switch (first) {
      case 0xc0 -> addNumber(signed(2));
      case 0xd0 -> addNumber(signed(4));
      case 0xe0 -> addNumber(littleEndian(8));
      case 0xf0 -> addNumber(signed(3));
      case 0xfe -> addNumber(signed(1));
      default -> {
        if (first < 0xf1 || first > 0xfd) {
          throw damaged("ziplist");
        }
        addNumber((first & 0x0f) - 1);
      }
    }
  }

  private List<byte[]> readZipmap() throws RdbException {
    int unused = next();
    int first = next();
    while (first != END) {
      addBytes(zipmapLength(first));
      long length = zipmapLength(next());
      int free = next();
      addBytes(length);
      if (free > block.length - at) {
        throw damaged("zipmap");
      }
      at += free;
      first = next();
    }
    checkEnd("zipmap", MANY);
    return elements;
  }

  private long zipmapLength(int first) throws RdbException {
    if (first == END) {
      throw damaged("zipmap");
    }
    return first == 0xfe ? littleEndian(4) : first;
  }
}
