package dev.redistill.net;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.util.concurrent.Executor;

/**
 * Virtual threads with a scheduler of our own. The JDK has it since 21, behind a constructor that
 * is not public: the launcher opens {@code java.base/java.lang} for it, and where it is not there
 * the JDK's own scheduler does.
 */
final class CustomScheduler {

  private static final Logger LOG = System.getLogger(CustomScheduler.class.getName());

  private CustomScheduler() {}

  /** Whether virtual threads on a scheduler of our own can be made, and really run on it. */
  static boolean isAvailable() {
    try {
      Runnable[] scheduled = new Runnable[1];
      builder(continuation -> scheduled[0] = continuation).unstarted(() -> {}).start();
      return scheduled[0] != null;
    } catch (IllegalStateException e) {
      LOG.log(Level.INFO, "virtual threads run on the scheduler of the JDK: {0}", e.getMessage());
      return false;
    }
  }

  /** A builder of virtual threads that the given scheduler runs. */
  static Thread.Builder.OfVirtual builder(Executor scheduler) {
    try {
      Constructor<?> constructor =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      constructor.setAccessible(true);
      return (Thread.Builder.OfVirtual) constructor.newInstance(scheduler);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException("this JDK takes no other scheduler (" + e + ")", e);
    }
  }
}
