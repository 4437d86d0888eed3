package dev.redistill;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * The signals that ask the server to end.
 *
 * <p>The JDK has them in a class that a compiler warns of, and that may go: so it is found by
 * reflection. Without it the JVM ends by itself at a signal and runs its shutdown hooks.
 */
final class Signals {

  private static final Logger LOG = System.getLogger(Signals.class.getName());

  private Signals() {}

  /** Has somebody told of each of these signals, in a thread of its own. */
  static void listen(List<String> names, Consumer<String> listener) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (String name : names) {
        Object told =
            Proxy.newProxyInstance(
                Signals.class.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> {
                  listener.accept(name);
                  return null;
                });
        Object unused =
            signal
                .getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), told);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.DEBUG, "signals are left to the JVM", e);
    }
  }
}
