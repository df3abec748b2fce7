using System.Text.Json;

namespace Parley.Client;

/// <summary>What may be said about a publish besides its content.</summary>
public sealed record PublishOptions
{
    /// <summary>
    /// The publisher's own id of the event, at most 64 characters, unique for him in the dialog. A publish repeated with it, today or after a restart
    /// of the program, stores nothing new and returns the first number. Null: the library chooses one per call and keeps it in its own retries.
    /// </summary>
    public string? EventId { get; init; }

    /// <summary>Whether only agents and managers may see the event. For agents.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>A JSON array of metadata to publish with the event (protocol 14).</summary>
    public JsonElement? Metadata { get; init; }
}
