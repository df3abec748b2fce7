using Parley.Protocol.Envelope;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>A server whose sockets give back every text they get, in their turn in the answer queue; all else is as in any server.</summary>
public sealed class EchoServer : IAsyncLifetime
{
    /// <summary>The largest message it takes, bytes.</summary>
    public const int Largest = 4 * 1024 * 1024;

    private MessagingServer? _server;
    private string _jwt = "";

    public async ValueTask InitializeAsync()
    {
        _server = await MessagingServer.StartAsync(
            o => o.Limits.FrameBytes = Largest,
            messages: (connection, message) => connection.Answer(connection.TakeSlot(), new PayloadWriter().Raw(message)));
        _jwt = _server.Server.Identity.ConsumerTokens.Issue("demo").Jwt;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    /// <summary>An open socket.</summary>
    /// <param name="isTls">Over TLS, or plain.</param>
    internal async Task<RawSocket> OpenAsync(bool isTls)
    {
        var bound = _server!.Bound;
        var socket = await RawSocket.ConnectAsync(isTls ? bound.Https.Port : bound.Http.Port, isTls ? _server.Authority : null);
        var answer = await socket.UpgradeAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {_jwt}");
        Assert.Equal(101, answer.Status);
        return socket;
    }
}
