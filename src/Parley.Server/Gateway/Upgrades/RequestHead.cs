using System.Buffers;
using System.Text;

namespace Parley.Server.Gateway.Upgrades;

/// <summary>
/// Line and headers of a request for a socket. Only what every reader of HTTP understands in the same way is taken: printable
/// ASCII, lines that end with CR LF, each header once, no body. All else is the HTTP server's to judge.
/// </summary>
internal sealed class RequestHead
{
    /// <summary>Less than the HTTP server takes, so that it refuses what is too large.</summary>
    public const int MostBytes = 16 * 1024;

    private const int MostTargetBytes = 8 * 1024 - 64;
    private const int MostHeaders = 100;
    private const string Version = " HTTP/1.1";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<byte> Plain = SearchValues.Create([(byte)'\r', (byte)'\n', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (byte)c)]);
    private static readonly SearchValues<char> Token = SearchValues.Create(Letters + "!#$%&'*+-.^_`|~");
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(Letters + "-._");

    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    private RequestHead(int length, string target) => (Length, Target) = (length, target);

    private static ReadOnlySpan<byte> Beginning => "GET /ws_api/account/"u8;

    /// <summary>Bytes of the head, its empty line included.</summary>
    public int Length { get; }

    /// <summary>Path and query as they were sent.</summary>
    public string Target { get; }

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>Looks at what a connection has sent so far, from its first byte on.</summary>
    public static HeadState Read(in ReadOnlySequence<byte> sent, out RequestHead? head)
    {
        head = null;
        var considered = sent.Slice(0, Math.Min(MostBytes, sent.Length));
        var bytes = considered.IsSingleSegment ? considered.FirstSpan : considered.ToArray();
        var known = Math.Min(Beginning.Length, bytes.Length);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        var lines = end < 0 ? bytes : bytes[..end];
        if (!bytes[..known].SequenceEqual(Beginning[..known]) || !IsPlain(lines)) return HeadState.Foreign;
        if (end < 0) return bytes.Length < MostBytes ? HeadState.Incomplete : HeadState.Foreign;
        head = Parse(Encoding.ASCII.GetString(lines), end + 4);
        return head is null ? HeadState.Foreign : HeadState.Upgrade;
    }

    private static bool IsPlain(ReadOnlySpan<byte> lines)
    {
        var ends = lines.Count("\r\n"u8);
        var returns = lines.Count((byte)'\r') - (lines is [.., (byte)'\r'] ? 1 : 0);
        return !lines.ContainsAnyExcept(Plain) && lines.Count((byte)'\n') == ends && returns == ends;
    }

    private static RequestHead? Parse(string text, int length)
    {
        var lines = text.Split("\r\n");
        if (lines.Length > MostHeaders || !lines[0].EndsWith(Version, StringComparison.Ordinal) || lines[0].Length > MostTargetBytes) return null;
        var target = lines[0][4..^Version.Length];
        if (target.AsSpan().ContainsAny(" #")) return null;
        var head = new RequestHead(length, target);
        return lines.Skip(1).All(head.TryAdd) && head.IsUpgrade ? head : null;
    }

    private bool TryAdd(string line)
    {
        var colon = line.IndexOf(':');
        return colon > 0 && !line.AsSpan(0, colon).ContainsAnyExcept(Token) && !line.Contains('\r') && _headers.TryAdd(line[..colon], line[(colon + 1)..].Trim(' '));
    }

    private bool IsUpgrade =>
        Header("Host") is { } host && IsPlainHost(host)
        && Header("Content-Length") is null && Header("Transfer-Encoding") is null && Header("Expect") is null
        && Header("Connection") is { } connection && IsConnectionUpgrade(connection)
        && string.Equals(Header("Upgrade"), "websocket", StringComparison.OrdinalIgnoreCase)
        && Header("Sec-WebSocket-Version") == Frames.Handshake.Version
        && Header("Sec-WebSocket-Key") is { } key && Frames.Handshake.IsKey(key);

    // A name or an IPv4 address, and a port if there is one.
    private static bool IsPlainHost(string host)
    {
        var parts = host.Split(':');
        return parts.Length <= 2 && parts[0].Length > 0 && !parts[0].AsSpan().ContainsAnyExcept(HostCharacters)
            && (parts.Length == 1 || (parts[1].Length is > 0 and <= 5 && parts[1].All(char.IsAsciiDigit)));
    }

    private static bool IsConnectionUpgrade(string connection)
    {
        var options = connection.Split(',', StringSplitOptions.TrimEntries);
        return options.Contains("upgrade", StringComparer.OrdinalIgnoreCase)
            && options.All(o => o.Equals("upgrade", StringComparison.OrdinalIgnoreCase) || o.Equals("keep-alive", StringComparison.OrdinalIgnoreCase));
    }
}
