using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Cluster.Tests.Serving;

namespace Parley.Cluster.Tests.Faults.Loads;

/// <summary>Who opens sockets: a consumer or a manager, with a token that every node knows.</summary>
/// <param name="Name">In the history.</param>
/// <param name="Socket">The end of the socket's address.</param>
/// <param name="Token">What he shows.</param>
internal sealed record User(string Name, string Socket, string Token)
{
    /// <summary>As conversations name an agent; empty for others.</summary>
    public string Id { get; private init; } = "";

    public bool IsManager => Socket.StartsWith("brand", StringComparison.Ordinal);

    public static async Task<User> ConsumerAsync(NodeProcess node, string name) =>
        new(name, "consumer?v=3", (await PostAsync(node, "signup", null)).GetProperty("jwt").GetString()!);

    public static async Task<User> ManagerAsync(NodeProcess node, string name, string password) =>
        new(name, "brand?v=2.1", (await PostAsync(node, "login?v=1.3", new { username = "manager1", password })).GetProperty("bearer").GetString()!);

    /// <summary>An agent who did not exist before.</summary>
    public static async Task<User> NewAgentAsync(NodeProcess node, string name)
    {
        var password = $"{Guid.NewGuid():n}";
        await PostAsync(node, "admin/users", new { login = name, nickname = name, password, role = "agent", maxSlots = 5 }, node.OperatorToken);
        var session = await PostAsync(node, "login?v=1.3", new { username = name, password });
        return new(name, "brand?v=2.1", session.GetProperty("bearer").GetString()!) { Id = $"demo.{session.GetProperty("config").GetProperty("userId")}" };
    }

    private static async Task<JsonElement> PostAsync(NodeProcess node, string path, object? body, string? bearer = null)
    {
        using var http = new HttpClient { BaseAddress = node.Endpoints.Messaging };
        if (bearer is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var answer = await http.PostAsJsonAsync($"/api/account/demo/{path}", body);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }
}
