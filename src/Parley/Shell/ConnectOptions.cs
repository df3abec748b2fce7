namespace Parley.Shell;

/// <summary>What <c>parley connect</c> was asked to do, in wscat's terms.</summary>
public sealed record ConnectOptions
{
    public required Uri Address { get; init; }

    /// <summary>Headers of the upgrade request, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>Frames to send at once instead of reading the input.</summary>
    public IReadOnlyList<string> Execute { get; init; } = [];

    /// <summary>How long to stay when there is nothing more to send; negative: until the peer closes; null: wscat's 2 s, or until all is answered.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>How often to ping; null: never.</summary>
    public TimeSpan? Ping { get; init; }

    public bool ShowPings { get; init; }

    /// <summary>Whether lines that begin with a slash are commands: <c>/ping</c>, <c>/pong</c>, <c>/close</c>.</summary>
    public bool SlashCommands { get; init; }

    public bool Color { get; init; } = true;

    /// <summary>A header as wscat takes it: everything before the first colon is the name, blanks around the value do not count.</summary>
    /// <exception cref="FormatException">There is no name.</exception>
    public static KeyValuePair<string, string> ParseHeader(string argument)
    {
        int colon = argument.IndexOf(':');
        return colon > 0 ? new(argument[..colon].Trim(), argument[(colon + 1)..].Trim()) : throw new FormatException("A header is written name:value.");
    }

    /// <summary>An address as wscat takes it: without a scheme it is <c>ws:</c>.</summary>
    /// <exception cref="FormatException">It is not a WebSocket address.</exception>
    public static Uri ParseAddress(string argument)
    {
        string withScheme = argument.Contains("://", StringComparison.Ordinal) ? argument : $"ws://{argument}";
        return Uri.TryCreate(withScheme, UriKind.Absolute, out Uri? address) && address.Scheme is "ws" or "wss" or "http" or "https" ? address
            : throw new FormatException("The address is not a ws: or wss: address.");
    }
}
