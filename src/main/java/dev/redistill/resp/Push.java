package dev.redistill.resp;

/**
 * A message that answers no request, encoded once for all who get it. The two versions of the
 * protocol differ in its head only; what follows, the body, they share. Its bytes never change.
 */
public final class Push {

  private final byte[] head2;
  private final byte[] head3;
  private final byte[] body;

  /**
   * A message.
   *
   * @param head2 its beginning in RESP2, empty if clients of RESP2 do not get it
   * @param head3 its beginning in RESP3
   * @param body the rest of it, in both
   */
  public Push(byte[] head2, byte[] head3, byte[] body) {
    this.head2 = head2;
    this.head3 = head3;
    this.body = body;
  }

  byte[] head(boolean resp3) {
    return resp3 ? head3 : head2;
  }

  /** Whether clients of a version of the protocol get it. */
  public boolean isFor(boolean resp3) {
    return head(resp3).length > 0;
  }

  byte[] body() {
    return body;
  }

  /** The number of bytes that are sent, in the longer form of the two. */
  public long size() {
    return (long) Math.max(head2.length, head3.length) + body.length;
  }
}
