package dev.redistill.resp;

/** Requests that lie complete in one read buffer, in their order. Reused. */
public final class RequestBatch {

  /** The most requests of a batch. */
  public static final int CAPACITY = 32;

  private final Request[] requests = new Request[CAPACITY];
  private int count;

  public RequestBatch() {
    for (int i = 0; i < CAPACITY; i++) {
      requests[i] = new Request();
    }
  }

  /** A batch of one request. */
  public static RequestBatch of(Request request) {
    RequestBatch batch = new RequestBatch();
    Request unused = batch.add(request);
    return batch;
  }

  public int count() {
    return count;
  }

  public Request get(int index) {
    return requests[index];
  }

  /** Adds a request and answers an empty one in exchange. */
  Request add(Request request) {
    Request empty = requests[count];
    requests[count++] = request;
    empty.clear();
    return empty;
  }

  /** Lets go of the bytes of the requests. */
  public void forget() {
    clear();
    for (Request request : requests) {
      request.forget();
    }
  }

  void clear() {
    count = 0;
  }
}
