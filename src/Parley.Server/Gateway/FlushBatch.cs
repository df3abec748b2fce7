namespace Parley.Server.Gateway;

/// <summary>
/// The sockets that this thread has written to and not yet flushed: one flush per socket and batch, not one per frame.
/// Whoever may write frames ends with <see cref="Flush"/>.
/// </summary>
internal static class FlushBatch
{
    [ThreadStatic]
    private static List<Connection>? _touched;

    public static void Add(Connection connection) => (_touched ??= new(64)).Add(connection);

    public static void Flush()
    {
        if (_touched is not { Count: > 0 } touched) return;
        // By index: what a transport does within a flush, on this thread, may touch further sockets. One forgotten would be
        // flushed by nobody, since others rely on whoever touched it first.
        for (var i = 0; i < touched.Count; i++) touched[i].Flush();
        touched.Clear();
    }
}
