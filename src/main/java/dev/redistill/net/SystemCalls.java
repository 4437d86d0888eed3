package dev.redistill.net;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The system calls {@code recv} and {@code send} on arrays of the heap, without the locks and the
 * copy that a {@link SocketChannel} needs around them.
 *
 * <p>The foreign-function interface is final since JDK 22, this code is compiled for 21: so it is
 * found by reflection, once, and called through method handles, which cost nothing. Finding it
 * takes a good part of the time of a start: {@link #load} is for a thread of its own.
 */
final class SystemCalls {

  /* Whoever calls makes sure that the descriptor is open: the JDK's locks are what is left out. */

  private static final MethodType CALL =
      MethodType.methodType(long.class, int.class, Object.class, long.class, int.class);

  /** The flag of {@code recv} that leaves in the socket what it reads. */
  private static final int PEEK = 2;

  private static volatile boolean available;

  /** The functions; not to be touched before {@link #load} has found that they are there. */
  private static final class Functions {
    static final MethodHandle DESCRIPTOR = found(SystemCalls::findDescriptor);
    static final MethodHandle SEGMENT = found(SystemCalls::findSegment);
    static final MethodHandle RECEIVE = found(() -> find("recv"));
    static final MethodHandle SEND = found(() -> find("send"));

    private static MethodHandle found(Callable<MethodHandle> search) {
      try {
        return search.call();
      } catch (Exception e) {
        throw new IllegalStateException("not in this JDK", e);
      }
    }
  }

  private SystemCalls() {}

  private static MethodHandle findDescriptor() throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .findVirtual(
            Class.forName("sun.nio.ch.SelChImpl"), "getFDVal", MethodType.methodType(int.class))
        .asType(MethodType.methodType(int.class, SocketChannel.class));
  }

  private static MethodHandle findSegment() throws ReflectiveOperationException {
    Class<?> segments = foreign("MemorySegment");
    return MethodHandles.publicLookup()
        .findStatic(segments, "ofArray", MethodType.methodType(segments, byte[].class))
        .asType(MethodType.methodType(Object.class, byte[].class));
  }

  /** The function as {@code long (int descriptor, Object segment, long length, int flags)}. */
  private static MethodHandle find(String name) throws ReflectiveOperationException {
    Class<?> linkers = foreign("Linker");
    Class<?> segments = foreign("MemorySegment");
    Class<?> descriptors = foreign("FunctionDescriptor");
    Object linker = linkers.getMethod("nativeLinker").invoke(null);
    Object libraries = linkers.getMethod("defaultLookup").invoke(linker);
    Method search = foreign("SymbolLookup").getMethod("find", String.class);
    Object function = ((Optional<?>) search.invoke(libraries, name)).orElseThrow();

    Object length = layout("JAVA_LONG");
    Object number = layout("JAVA_INT");
    Object arguments = arrayOf(foreign("MemoryLayout"), number, layout("ADDRESS"), length, number);
    Object descriptor =
        descriptors
            .getMethod("of", foreign("MemoryLayout"), arguments.getClass())
            .invoke(null, length, arguments);
    Class<?> option = foreign("Linker$Option");
    Object options =
        arrayOf(option, option.getMethod("critical", boolean.class).invoke(null, true));
    MethodHandle handle =
        (MethodHandle)
            linkers
                .getMethod("downcallHandle", segments, descriptors, options.getClass())
                .invoke(linker, function, descriptor, options);
    return handle.asType(CALL);
  }

  private static Class<?> foreign(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }

  private static Object layout(String name) throws ReflectiveOperationException {
    return foreign("ValueLayout").getField(name).get(null);
  }

  private static Object arrayOf(Class<?> type, Object... elements) {
    Object array = Array.newInstance(type, elements.length);
    for (int i = 0; i < elements.length; i++) {
      Array.set(array, i, elements[i]);
    }
    return array;
  }

  /** Finds the functions, if this JDK has them. */
  static void load() {
    try {
      available = Functions.SEND != null;
    } catch (LinkageError e) {
      System.getLogger(SystemCalls.class.getName())
          .log(System.Logger.Level.DEBUG, "sockets are read and written by the JDK", e);
    }
  }

  /** Whether the functions are there to be called. */
  static boolean areAvailable() {
    return available;
  }

  /** The file descriptor of a socket. */
  static int descriptor(SocketChannel channel) {
    try {
      return (int) Functions.DESCRIPTOR.invokeExact(channel);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** An array as the calls below take it. */
  static Object segment(byte[] array) {
    try {
      return (Object) Functions.SEGMENT.invokeExact(array);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Reads into the front of an array; answers the number of bytes, 0 at the end, or -1. */
  static int receive(int descriptor, Object segment, int length) {
    try {
      return (int) (long) Functions.RECEIVE.invokeExact(descriptor, segment, (long) length, 0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Whether the other side has closed a connection, and everything it sent before was read. */
  static boolean isAtEnd(int descriptor) {
    try {
      return (long) Functions.RECEIVE.invokeExact(descriptor, segment(new byte[1]), 1L, PEEK) == 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Whether the other side has cut a connection, and nothing that it sent before is there to be
   * read. Sending nothing fails where nothing can be sent. The system tells only once.
   */
  static boolean isReset(int descriptor) {
    Object nothing = segment(new byte[1]);
    try {
      return (long) Functions.RECEIVE.invokeExact(descriptor, nothing, 1L, PEEK) < 0
          && (long) Functions.SEND.invokeExact(descriptor, nothing, 0L, 0) < 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Writes from the front of an array; answers the number of bytes, or -1. */
  static int send(int descriptor, Object segment, int length) {
    try {
      return (int) (long) Functions.SEND.invokeExact(descriptor, segment, (long) length, 0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(Throwable cause) {
    return new IllegalStateException("a system call could not be made", cause);
  }
}
