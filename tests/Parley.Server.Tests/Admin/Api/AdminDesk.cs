using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

/// <summary>Somebody who calls the admin API of an account.</summary>
internal sealed record AdminDesk(MessagingServer Server, string Account, string Bearer, string Pid)
{
    /// <summary>A new agent, manager or admin of a new account or of a given one.</summary>
    public static async Task<AdminDesk> OpenAsync(MessagingServer server, AgentRole role = AgentRole.Admin, string? account = null, IReadOnlyList<string>? skills = null)
    {
        account ??= await server.NewAccountAsync();
        var login = await server.LoginAsync(account, role, skills: skills);
        return new(server, account, (string)login["bearer"]!, (string)login["config"]!["userPid"]!);
    }

    /// <summary>Somebody else of the same account.</summary>
    public Task<AdminDesk> AsAsync(AgentRole role, params string[] skills) => OpenAsync(Server, role, Account, skills);

    public AdminDesk AsOperator => this with { Bearer = Server.OperatorToken };

    public async Task<JsonNode> GetAsync(string path) => await DoAsync("GET", path);

    /// <summary>Does what must succeed; the answer's body.</summary>
    public async Task<JsonNode> DoAsync(string method, string path, string? body = null)
    {
        var (status, answer) = await TryAsync(method, path, body);
        Assert.True(status is 200 or 201 or 204, $"{status} {answer?.ToJsonString()}");
        return answer ?? new JsonObject();
    }

    /// <summary>Does what must be refused, with words that tell why.</summary>
    public async Task RefusedAsync(int status, string words, string method, string path, string? body = null)
    {
        var (actual, answer) = await TryAsync(method, path, body);
        Assert.True(actual == status, $"{actual} {answer?.ToJsonString()}");
        Assert.Contains(words, (string?)answer!["error"], StringComparison.Ordinal);
    }

    public async Task<(int Status, JsonNode? Body)> TryAsync(string method, string path, string? body = null)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), $"/api/account/{Account}/admin/{path}");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (Bearer.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Bearer);
        return Server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
