package dev.redistill.util;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Handles for fields that are read and written with an order that is not the usual one. */
public final class FieldHandle {

  private FieldHandle() {}

  /** The handle of a field of the class whose lookup it is. */
  public static VarHandle of(MethodHandles.Lookup lookup, String field, Class<?> type) {
    try {
      return lookup.findVarHandle(lookup.lookupClass(), field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
