using System.Net;
using System.Text.Json;

namespace Parley.Client;

/// <summary>A login of an agent: the bearer, and what refresh and logout need.</summary>
/// <remarks>Not a record: its text must not show secrets.</remarks>
internal sealed class AgentSession
{
    private const string Version = "v=1.3";

    private readonly string _cookies;
    private readonly string _csrf;

    private AgentSession(string bearer, string userId, string? publicId, string cookies, string csrf) =>
        (Bearer, UserId, PublicId, _cookies, _csrf) = (bearer, userId, publicId, cookies, csrf);

    public string Bearer { get; }

    /// <summary>The number of the user inside the account.</summary>
    public string UserId { get; }

    public string? PublicId { get; }

    /// <exception cref="ParleyAuthenticationException">The credentials are refused.</exception>
    public static async Task<AgentSession> LogInAsync(HttpMessageInvoker http, ParleyEndpoints endpoints, Action<Utf8JsonWriter> writeLogin, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoints.LoginApi($"login?{Version}")) { Content = HttpJson.Content(writeLogin) };
        try
        {
            using HttpResponseMessage response = await http.ExchangeAsync(request, cancellation).ConfigureAwait(false);
            JsonElement body = await response.BodyAsync(cancellation).ConfigureAwait(false);
            string cookies = response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? set) ? string.Join("; ", set.Select(c => c.Split(';')[0])) : "";
            string Required(JsonElement element, string name) => element.Text(name) ?? throw new ParleyConnectException($"The login answer has no {name}.", response.StatusCode);
            return new(Required(body, "bearer"), Required(body.Member("config"), "userId"), body.Member("config").Text("userPid"), cookies, body.Text("csrf") ?? "");
        }
        catch (ParleyConnectException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            throw new ParleyAuthenticationException($"The login is refused: {e.Message}", e);
        }
    }

    /// <summary>Extends the session on the server.</summary>
    /// <exception cref="ParleyConnectException">With status 401: the session has ended.</exception>
    public Task RefreshAsync(HttpMessageInvoker http, ParleyEndpoints endpoints, CancellationToken cancellation) => PostAsync(http, endpoints, "refresh", cancellation);

    public Task LogOutAsync(HttpMessageInvoker http, ParleyEndpoints endpoints, CancellationToken cancellation) => PostAsync(http, endpoints, "logout", cancellation);

    private async Task PostAsync(HttpMessageInvoker http, ParleyEndpoints endpoints, string action, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoints.LoginApi($"{action}?{Version}"))
        {
            Content = HttpJson.Content(body => body.WriteString("csrf", _csrf)),
        };
        if (_cookies.Length > 0) request.Headers.Add("Cookie", _cookies);
        using HttpResponseMessage response = await http.ExchangeAsync(request, cancellation).ConfigureAwait(false);
    }
}
