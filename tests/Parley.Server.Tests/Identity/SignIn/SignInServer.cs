using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Identity.SignIn;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Identity.SignIn;

/// <summary>A server and a clock for the tests of a class. Anonymous visitors may renew for three hours here.</summary>
public sealed class SignInServer : IAsyncLifetime
{
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);
    public MessagingServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await MessagingServer.StartAsync(
        o =>
        {
            o.Identity.AnonymousRenewalHours = 3;
            o.Limits.IdleSeconds = 1_000_000;
        },
        Time);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>For the next test: the failures of the ones before are forgiven.</summary>
    public SignInServer Forgiven()
    {
        Time.Advance(TimeSpan.FromMinutes(2));
        return this;
    }

    internal async Task<string> NewAccountAsync(params AuthConnector[] connectors)
    {
        var account = await Server.NewAccountAsync();
        foreach (var connector in connectors)
        {
            AuthConnectorCheck.Check(connector);
            await Server.Server.Identity.AuthConnectors.SaveAsync(account, connector, replace: false);
        }

        return account;
    }

    /// <summary>Posts a body as it is; the answer's status and JSON.</summary>
    internal async Task<(int Status, JsonNode Body)> PostAsync(string account, string path, string? body, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/account/{account}/{path}");
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await Server.Http.SendAsync(request);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    /// <summary>The member of an answer that must be 200.</summary>
    internal async Task<string> GetAsync(string member, string account, string path, string? body, string? authorization = null)
    {
        var (status, answer) = await PostAsync(account, path, body, authorization);
        Assert.True(status == 200, answer.ToJsonString());
        return (string)answer[member]!;
    }

    /// <summary>The error code of an answer, which must be none of success.</summary>
    internal async Task<int> RefusedAsync(string account, string path, string? body, string? authorization = null)
    {
        var (status, answer) = await PostAsync(account, path, body, authorization);
        Assert.True(status is >= 400 and < 500, $"{status} {answer.ToJsonString()}");
        Assert.Equal(["internalErrorCode", "message"], answer.AsObject().Select(member => member.Key));
        Assert.NotEqual("", (string?)answer["message"]);
        return (int)answer["internalErrorCode"]!;
    }

    /// <summary>The consumer token for a token of the brand.</summary>
    internal Task<string> ExchangeAsync(string account, string idToken, string connector = "web", string? authorization = null) =>
        GetAsync("token", account, $"app/{connector}/authenticate?v=3.0", Body("id_token", idToken), authorization);

    /// <summary>A new anonymous visitor's consumer token.</summary>
    internal async Task<string> AnonymousAsync(string account) =>
        await ExchangeAsync(account, await GetAsync("token", account, "anonymous/authorize", null), "ACR0");

    internal static string Body(string member, string value) => new JsonObject { [member] = value }.ToJsonString();

    internal static JsonNode ClaimsOf(string jwt) => JsonNode.Parse(Convert.FromBase64String(jwt.Split('.')[1]))!;
}
