namespace Parley.Client;

/// <summary>How a <see cref="ParleySocket"/> is opened.</summary>
public sealed class ParleySocketOptions
{
    /// <summary>Headers of the upgrade request, for example <c>Authorization</c>; a later value replaces an earlier one of the same name.</summary>
    public IList<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>Subprotocols to offer, best first.</summary>
    public IList<string> Subprotocols { get; } = [];

    /// <summary>The largest message to accept, in bytes; a larger one ends the connection with 1009.</summary>
    public int MaxMessageSize { get; init; } = 4 * 1024 * 1024;
}
