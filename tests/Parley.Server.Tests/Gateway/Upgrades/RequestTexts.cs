using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Upgrades;

/// <summary>Requests for a socket, as a client may write them.</summary>
internal static class RequestTexts
{
    public static readonly string Path = MessagingServer.ConsumerPath("demo");

    /// <summary>One that gets its socket.</summary>
    public static readonly string Good = RawSocket.UpgradeRequest(Path);

    private const string Key = $"Sec-WebSocket-Key: {RawSocket.Key}";

    /// <summary>Each with something wrong, or which two readers of HTTP might understand differently.</summary>
    public static readonly Dictionary<string, string> Others = new()
    {
        ["another path"] = With("GET /ws_api", "GET /ws_apis"),
        ["no account"] = With("account/demo", "account/nobody"),
        ["empty account"] = With("account/demo", "account/"),
        ["no such socket"] = With("/consumer", "/operator"),
        ["more path"] = With("/consumer", "/consumer/a/b"),
        ["escaped path"] = With("account/demo", "account/d%65mo"),
        ["dots in the path"] = With("account/demo", "account/x/../demo"),
        ["dot segment for account"] = With("account/demo", "account/.."),
        ["trailing slash"] = With("/consumer", "/consumer/"),
        ["double slash"] = With("/messaging", "//messaging"),
        ["capitals in the path"] = With("/messaging", "/Messaging"),
        ["fragment"] = With("?v=3", "?v=3#x"),
        ["absolute form"] = With("GET /", "GET http://localhost/"),
        ["asterisk"] = With($"GET {Path}", "GET *"),
        ["another method"] = With("GET", "POST"),
        ["small method"] = With("GET", "get"),
        ["old version"] = With("HTTP/1.1", "HTTP/1.0"),
        ["no version"] = With(" HTTP/1.1", ""),
        ["unknown version"] = With("HTTP/1.1", "HTTP/1.2"),
        ["two spaces"] = With("GET ", "GET  "),
        ["space behind the target"] = With(" HTTP/1.1", "  HTTP/1.1"),
        ["tab behind the method"] = With("GET ", "GET\t"),
        ["empty line first"] = "\r\n" + Good,
        ["no host"] = With("Host: localhost\r\n", ""),
        ["empty host"] = With("Host: localhost", "Host:"),
        ["two hosts"] = With("Host: localhost", "Host: localhost\r\nHost: localhost"),
        ["odd host"] = With("Host: localhost", "Host: local host"),
        ["user in the host"] = With("Host: localhost", "Host: a@localhost"),
        ["port that is none"] = With("Host: localhost", "Host: localhost:http"),
        ["no name before the port"] = With("Host: localhost", "Host: :80"),
        ["IPv6"] = With("Host: localhost", "Host: [::1]:80"),
        ["a body"] = With("Host: ", "Content-Length: 5\r\nHost: "),
        ["a body of nothing"] = With("Host: ", "Content-Length: 0\r\nHost: "),
        ["a length that is none"] = With("Host: ", "Content-Length: +5\r\nHost: "),
        ["chunks"] = With("Host: ", "Transfer-Encoding: chunked\r\nHost: "),
        ["chunks and a length"] = With("Host: ", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\nHost: "),
        ["unknown encoding"] = With("Host: ", "Transfer-Encoding: xchunked\r\nHost: "),
        ["space before a colon"] = With("Host:", "Host :"),
        ["space before a name"] = With("Upgrade: websocket", " Upgrade: websocket"),
        ["folded line"] = With("Connection: Upgrade", "Connection: keep-alive,\r\n Upgrade"),
        ["no name"] = With("Host: ", ": x\r\nHost: "),
        ["no colon"] = With("Host: ", "x\r\nHost: "),
        ["odd name"] = With("Host: ", "a(b): c\r\nHost: "),
        ["no letter in the value"] = With("Host: ", "X: \u0001\r\nHost: "),
        ["zero in the value"] = With("Host: ", "X: \0\r\nHost: "),
        ["not ASCII"] = With("Host: ", "X: é\r\nHost: "),
        ["return inside a value"] = With("Host: ", "X: a\rb\r\nHost: "),
        ["return before the empty line"] = Good[..^2] + "\r\r\n",
        ["line feed alone"] = With("Host: localhost\r\n", "Host: localhost\n"),
        ["line feeds alone everywhere"] = Good.Replace("\r\n", "\n"),
        ["empty line of a line feed"] = Good[..^2] + "\n",
        ["key twice"] = With(Key, $"{Key}\r\n{Key}"),
        ["no key"] = With($"{Key}\r\n", ""),
        ["short key"] = With(Key, "Sec-WebSocket-Key: dG9vIHNob3J0"),
        ["key that is none"] = With(Key, "Sec-WebSocket-Key: not base64!"),
        ["another websocket"] = With("Version: 13", "Version: 8"),
        ["no upgrade"] = With("Upgrade: websocket\r\n", ""),
        ["another upgrade"] = With("Upgrade: websocket", "Upgrade: h2c"),
        ["two upgrades"] = With("Upgrade: websocket", "Upgrade: h2c, websocket"),
        ["no connection"] = With("Connection: Upgrade\r\n", ""),
        ["connection that closes"] = With("Connection: Upgrade", "Connection: close"),
        ["connection that closes and upgrades"] = With("Connection: Upgrade", "Connection: Upgrade, close"),
        ["no bearer"] = With("/consumer", "/brand"),
        ["wrong bearer"] = With("/consumer", "/brand/0123456789abcdef"),
        ["wrong bearer in a header"] = With("/consumer", "/brand").Replace("Host: ", "Authorization: jwt 0123456789abcdef\r\nHost: "),
        ["too many headers"] = With("Host: ", string.Concat(Enumerable.Range(0, 100).Select(n => $"X-{n}: x\r\n")) + "Host: "),
        ["too large"] = With("Host: ", $"X: {new string('x', 40_000)}\r\nHost: "),
        ["too long a line"] = With("?v=3", $"?v=3&x={new string('x', 9_000)}"),
    };

    public static string With(string part, string replacement)
    {
        Assert.Contains(part, Good);
        return Good.Replace(part, replacement);
    }

    /// <summary>Changes, removes, adds or repeats something anywhere.</summary>
    public static void Damage(Random random, List<byte> request)
    {
        var at = random.Next(request.Count);
        switch (random.Next(4))
        {
            case 0:
                request[at] = (byte)random.Next(256);
                break;
            case 1:
                request.RemoveAt(at);
                break;
            case 2:
                request.Insert(at, "\r\n\t :,%/\0aA"u8[random.Next(11)]);
                break;
            default:
                var length = random.Next(Math.Min(30, request.Count - at));
                request.InsertRange(random.Next(request.Count), request.GetRange(at, length));
                break;
        }
    }
}
