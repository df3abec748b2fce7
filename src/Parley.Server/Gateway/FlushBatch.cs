namespace Parley.Server.Gateway;

/// <summary>
/// The sockets that this thread has written to and not yet flushed: one flush per socket and batch, not one per frame. A batch
/// ends on the thread that began it, since its scope cannot be kept over an await; what is written outside one is flushed at once.
/// </summary>
internal static class FlushBatch
{
    [ThreadStatic]
    private static List<Connection>? _touched;

    [ThreadStatic]
    private static int _depth;

    /// <summary>Begins a batch, or joins the one that this thread is in.</summary>
    public static Scope Begin()
    {
        _depth++;
        return default;
    }

    /// <summary>Has the socket flushed at the end of this thread's batch; false when it is in none.</summary>
    public static bool TryAdd(Connection connection)
    {
        if (_depth == 0) return false;
        (_touched ??= new(64)).Add(connection);
        return true;
    }

    /// <summary>Ends a group of a journal. A thread of its own tells groups and nothing else: on it each of them is a batch.</summary>
    public static void EndGroup()
    {
        Flush();
        if (!Thread.CurrentThread.IsThreadPoolThread) _depth = 1;
    }

    private static void Flush()
    {
        if (_touched is not { Count: > 0 } touched) return;
        // By index: what a transport does within a flush, on this thread, may touch further sockets. One forgotten would be
        // flushed by nobody, since others rely on whoever touched it first.
        for (var i = 0; i < touched.Count; i++) touched[i].Flush();
        touched.Clear();
    }

    /// <summary>A batch; its end flushes.</summary>
    public readonly ref struct Scope
    {
        public void Dispose()
        {
            if (_depth == 1) Flush();
            _depth--;
        }
    }
}
