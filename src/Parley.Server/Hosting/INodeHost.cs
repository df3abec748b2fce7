using Microsoft.AspNetCore.Http;
using Parley.Journal;
using Parley.Server.Gateway;
using Parley.Server.Ownership;
using Parley.Server.Storage;

namespace Parley.Server.Hosting;

/// <summary>What makes a server one node of several. Its members are called in this order, each once.</summary>
internal interface INodeHost
{
    /// <summary>Opens what is kept of accounts and files; the server disposes it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    SharedStorage OpenStorage(TimeProvider time);

    /// <summary>Opens the conversations; the server disposes them. May be called beside <see cref="OpenStorage"/>.</summary>
    /// <exception cref="IOException">They cannot be opened.</exception>
    IJournal OpenJournal();

    /// <summary>The way to other nodes; it is not used before <see cref="JoinAsync"/>.</summary>
    INodes Connect(LiveConversations conversations, Connections connections);

    /// <summary>Joins the other nodes: from now on this one decides for its share.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    Task JoinAsync(CancellationToken cancellationToken);

    /// <summary>Pages that tell an operator about the nodes, once it has joined; whoever asks was found to be one. Null for none.</summary>
    RequestDelegate? Dashboard { get; }

    /// <summary>Why this node takes no work now, or null.</summary>
    string? Problem();

    /// <summary>Leaves politely, when the sockets are closed: others decide for everything at once.</summary>
    Task LeaveAsync();
}
