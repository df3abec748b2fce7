using System.Text;
using System.Text.Json;
using Parley.Client;

namespace Parley.Tests.Crash;

/// <summary>A bare socket on which publishes are sent without waiting for the answers, as many as may be under way, until it is closed.</summary>
internal sealed class Pipeline(ParleySocket socket, string conversation) : IAsyncDisposable
{
    private const int UnderWay = 32;

    private readonly SemaphoreSlim _window = new(UnderWay);
    private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Stored> _acknowledged = [];
    private readonly List<int> _refused = [];

    /// <summary>Completes when publishing is in full swing.</summary>
    public Task Busy => _busy.Task;

    public IReadOnlyList<Stored> Acknowledged => _acknowledged;

    /// <summary>The codes of answers other than 200.</summary>
    public IReadOnlyList<int> Refused => _refused;

    public static async Task<Pipeline> OpenAsync(ParleyEndpoints endpoints, HttpMessageInvoker http, string jwt, string conversation)
    {
        var address = new Uri($"ws://{endpoints.Messaging.Authority}/ws_api/account/{endpoints.Account}/messaging/consumer?v=3");
        return new(await ParleySocket.ConnectAsync(address, new() { Headers = { new("Authorization", $"jwt {jwt}") } }, http), conversation);
    }

    /// <summary>Publishes until the server closes, and tells how it closed.</summary>
    public async Task<SocketClosure> RunAsync()
    {
        using var closed = new CancellationTokenSource();
        Task sending = SendAsync(closed.Token);
        while (await socket.ReceiveAsync() is { } frame)
        {
            JsonElement answer = JsonElement.Parse(frame.Span);
            string id = answer.GetProperty("reqId").GetString()!;
            int code = answer.GetProperty("code").GetInt32();
            if (code == 200) _acknowledged.Add(new(answer.GetProperty("body").GetProperty("sequence").GetInt64(), id, id));
            else _refused.Add(code);
            if (_acknowledged.Count == UnderWay * 4) _busy.TrySetResult();
            _window.Release();
        }
        await closed.CancelAsync();
        await sending;
        return socket.Closure!;
    }

    public async ValueTask DisposeAsync()
    {
        await socket.DisposeAsync();
        _window.Dispose();
    }

    private async Task SendAsync(CancellationToken closed)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                await _window.WaitAsync(closed);
                await socket.SendAsync(Encoding.UTF8.GetBytes(
                    $$$"""{"kind":"req","id":"{{{i}}}","type":"ms.PublishEvent","body":{"dialogId":"{{{conversation}}}","eventId":"{{{i}}}","event":{"type":"ContentEvent","contentType":"text/plain","message":"{{{i}}}"} } }"""), CancellationToken.None);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ParleyException)
        {
            // The server has closed.
        }
    }
}
