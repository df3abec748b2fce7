using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Parley.Client.Tests.Peer;

/// <summary>One accepted socket of the <see cref="ScriptedPeer"/>.</summary>
public sealed class PeerSocket(WebSocket socket, HttpContext context) : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _ended.Task;

    /// <summary>The client's close frame, once it came.</summary>
    public (int Code, string Reason)? Closed { get; private set; }

    public string Path => context.Request.Path + context.Request.QueryString;

    public string? Header(string name) => context.Request.Headers[name];

    /// <summary>The next text frame; null when the client closed or vanished.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int length = 0;
            while (true)
            {
                WebSocketReceiveResult part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), default).Within();
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close) break;
                if (part.EndOfMessage) return Encoding.UTF8.GetString(buffer, 0, length);
            }
            Closed = ((int)socket.CloseStatus!, socket.CloseStatusDescription ?? "");
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", default);
        }
        catch (WebSocketException)
        {
            // The client vanished.
        }
        _ended.TrySetResult();
        return null;
    }

    /// <summary>The next request, which has to be of this type.</summary>
    public async Task<JsonElement> ReceiveAsync(string type)
    {
        string frame = await ReceiveTextAsync() ?? throw new InvalidOperationException($"The socket ended before {type} came.");
        JsonElement request = JsonElement.Parse(frame);
        Assert.Equal(type, request.GetProperty("type").GetString()!.Replace(".ams.", "").TrimStart('.'));
        return request;
    }

    public Task AnswerAsync(JsonElement request, string body = "{}", int code = 200, string type = "Response") =>
        SendAsync($$"""{"kind":"resp","reqId":"{{request.GetProperty("id")}}","code":{{code}},"type":"{{type}}","body":{{body}}}""");

    public Task NotifyAsync(string type, string body) => SendAsync($$"""{"kind":"notification","type":"{{type}}","body":{{body}}}""");

    /// <summary>A message event as a consumer gets it.</summary>
    public Task NotifyMessageAsync(string dialogId, int sequence) =>
        NotifyAsync("ms.MessagingEventNotification", $$"""{"dialogId":"{{dialogId}}","changes":[{{Event(dialogId, sequence)}}]}""");

    /// <summary>A message event as an agent gets it.</summary>
    public Task DistributeMessageAsync(string dialogId, int sequence) => NotifyAsync(".ams.ms.OnlineEventDistribution", Event(dialogId, sequence));

    public static string Event(string dialogId, int sequence) =>
        $$"""
        {"sequence":{{sequence}},"originatorId":"a.1","originatorPId":"pid-1","originatorMetadata":{"id":"pid-1","role":"ASSIGNED_AGENT"},"serverTimestamp":{{1767225600000 + sequence}},
        "event":{"type":"ContentEvent","contentType":"text/plain","message":"text {{sequence}}"},"dialogId":"{{dialogId}}","messageAudience":"ALL"}
        """.ReplaceLineEndings("");

    public Task SendAsync(string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, default);

    public async Task CloseAsync(int code, string reason = "")
    {
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, default);
        while (await ReceiveTextAsync() is not null) { }
    }

    /// <summary>Breaks the connection without a close frame: the client sees 1006.</summary>
    public void Abort()
    {
        context.Abort();
        _ended.TrySetResult();
    }

    /// <summary>Disposes a client and plays the server's part of the farewell.</summary>
    public static async Task LeaveAsync(ParleyClient client, PeerSocket socket)
    {
        Task leaving = client.DisposeAsync().AsTask();
        while (await socket.ReceiveTextAsync() is not null) { }
        await leaving.Within();
    }

    public void Dispose() => socket.Dispose();
}
