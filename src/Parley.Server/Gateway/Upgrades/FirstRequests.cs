using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Parley.Server.Gateway.Frames;
using Parley.Server.Hosting;

namespace Parley.Server.Gateway.Upgrades;

/// <summary>
/// Sits on the listeners in front of the HTTP server and looks at the first request of each connection. When it asks for a
/// socket and gets it, the connection is the gateway's, and no request, response or HTTP connection is kept beside an idle
/// socket. Everything else, refusals too, is the HTTP server's. Invariant: it gets every byte from the first one on, or none.
/// </summary>
internal sealed class FirstRequests(Admission admission, ForwardedPeers peers, TimeProvider time) : IDrainable, IDisposable
{
    private readonly Arrivals _arrivals = new(time);

    /// <summary>Serves a connection.</summary>
    /// <param name="connection">As the transport, or TLS on top of it, gives it.</param>
    /// <param name="http">The HTTP server.</param>
    public Task ServeAsync(ConnectionContext connection, ConnectionDelegate http) => ReceiveAsync(connection, http).Unwrap();

    /// <summary>Ends connections that have not said what they want. Sockets are drained by their own watch.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        _arrivals.Stop();
        return Task.CompletedTask;
    }

    public void Dispose() => _arrivals.Dispose();

    // What the connection does from here on. A task of its own, so that nothing of the receiving outlives it.
    private async Task<Task> ReceiveAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        var arrival = _arrivals.Begin(input);
        try
        {
            for (var examined = 0L; ;)
            {
                var result = await input.ReadAsync();
                var buffer = result.Buffer;
                var state = RequestHead.Read(buffer, out var head);
                if (state == HeadState.Incomplete && !result.IsCompleted && !result.IsCanceled)
                {
                    examined = buffer.Length;
                    input.AdvanceTo(buffer.Start, buffer.End);
                    continue;
                }

                if (!arrival.TryDecide())
                {
                    input.AdvanceTo(buffer.End);
                    if (!buffer.IsEmpty) await output.WriteAsync(Answer("408 Request Timeout", "Content-Length: 0", "Connection: close"));
                    return Task.CompletedTask;
                }

                if (await AdmitAsync(connection, head) is not { } admitted)
                {
                    // A position once examined cannot be taken back; what came after it wakes the next reader at once.
                    input.AdvanceTo(buffer.Start, buffer.GetPosition(examined));
                    return http(connection);
                }

                input.AdvanceTo(buffer.GetPosition(head!.Length));
                var accept = Handshake.Accept(head.Header("Sec-WebSocket-Key")!);
                await output.WriteAsync(Answer("101 Switching Protocols", "Connection: Upgrade", "Upgrade: websocket", $"Sec-WebSocket-Accept: {accept}"));
                return admission.ServeAsync(admitted, connection.Transport, connection.Features.GetRequiredFeature<IConnectionLifetimeFeature>());
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return Task.CompletedTask; // The client has gone.
        }
        finally
        {
            _arrivals.End(arrival);
        }
    }

    private async ValueTask<Admitted?> AdmitAsync(ConnectionContext connection, RequestHead? head)
    {
        if (head is null) return null;
        var peer = peers.Resolve((connection.RemoteEndPoint as IPEndPoint)?.Address, head.Header);
        return UpgradeRequest.Of(head, peer?.ToString() ?? "") is { } request ? (await admission.AdmitAsync(request)).Admitted : null;
    }

    private byte[] Answer(string status, params string[] headers) =>
        Encoding.ASCII.GetBytes(string.Join("\r\n", [$"HTTP/1.1 {status}", .. headers, $"Date: {time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture)}", "", ""]));
}
