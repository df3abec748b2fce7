using System.Text.Json;

namespace Parley.Client;

/// <summary>Something a client listens to for its caller across connections: a subscription.</summary>
internal interface IFeed
{
    /// <summary>Looks at a notification, on the receiving task; must not block.</summary>
    void Notice(string type, JsonElement body);

    /// <summary>Subscribes again on a new connection, before any other request uses it.</summary>
    /// <exception cref="ParleyConnectionLostException">That connection ended too.</exception>
    Task RestoreAsync(RequestChannel channel, CancellationToken cancellation);

    /// <summary>Ends the feed for its reader, with the reason why the client gave up, or null when it was disposed.</summary>
    void Complete(Exception? reason);
}
