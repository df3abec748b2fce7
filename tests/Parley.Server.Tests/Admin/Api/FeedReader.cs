using System.Text.Json.Nodes;
using Parley.Client.Tests.Peer;

namespace Parley.Server.Tests.Admin.Api;

/// <summary>Follows queue and agents, line by line.</summary>
internal sealed class FeedReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private FeedReader(HttpResponseMessage response, Stream stream) => (_response, _lines) = (response, new StreamReader(stream));

    public static async Task<FeedReader> OpenAsync(AdminDesk desk)
    {
        var response = await desk.SendAsync("GET", "routing/feed").Within();
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new FeedReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, which is a snapshot.</summary>
    /// <param name="afterComments">Whether it may come after comments.</param>
    public async Task<JsonNode> SnapshotAsync(bool afterComments = false)
    {
        var line = await LineAsync();
        while (afterComments && line is ":" or "") line = await LineAsync();
        Assert.Equal("event: snapshot", line);
        var data = await LineAsync();
        Assert.StartsWith("data: ", data);
        Assert.Equal("", await LineAsync());
        return JsonNode.Parse(data!["data: ".Length..])!;
    }

    /// <summary>The next line is a comment, which keeps the connection alive.</summary>
    public async Task CommentAsync() => Assert.Equal((":", ""), (await LineAsync(), await LineAsync()));

    /// <summary>The server ends the stream.</summary>
    public async Task EndAsync() => Assert.Null(await LineAsync());

    public void Dispose() => _response.Dispose();

    private Task<string?> LineAsync() => _lines.ReadLineAsync().Within();
}
